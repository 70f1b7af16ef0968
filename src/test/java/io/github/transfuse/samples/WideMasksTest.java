package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of classes as tools for images store them: in 16, 32 or 64 bits, as whole numbers or as floats. */
class WideMasksTest {
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    /** A value of a voxel. */
    @FunctionalInterface
    private interface Voxel {
        int at(int x, int y, int z);
    }

    private Pair mask(String name, String type, Voxel voxel) throws IOException {
        StringBuilder text =
                new StringBuilder("NRRD0004\ntype: " + type + "\ndimension: 3\nencoding: ascii\nsizes: 8 8 3\n\n");
        for (int i = 0; i < SIDE * SIDE * 3; i++) {
            text.append(voxel.at(i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE)).append(' ');
        }
        Path file = folder.resolve(name + ".nrrd");
        Files.writeString(file, text);
        return new Pair(name, file, file);
    }

    private static MaskCoding coding(List<Pair> pairs) throws IOException {
        return ExampleSet.coding(
                pairs,
                new ExampleSet.Reading(MaskType.AUTO, Optional.empty(), List.of()),
                OutputSpec.Kind.CLASSES,
                KnownClasses.NONE);
    }

    /** The tumour lies in the organ, and one patient has none. */
    @Test
    void organsAndTumoursAreClasses() throws IOException {
        for (String type : List.of("uchar", "short", "ushort", "int", "uint", "longlong", "float", "double")) {
            List<Pair> pairs = new ArrayList<>();
            pairs.add(mask("a", type, (x, y, z) -> x > 1 && x < 5 ? (y == 3 && z == 1 ? 2 : 1) : 0));
            pairs.add(mask("b", type, (x, y, z) -> x > 3 ? 1 : 0));
            assertEquals(MaskCoding.Rule.INDEX, coding(pairs).rule(), type);
            assertEquals(3, coding(pairs).classes(), type);
        }
    }

    @Test
    void numbersOfObjectsAreAskedAbout() throws IOException {
        for (String type : List.of("short", "int", "float", "double")) {
            List<Pair> pairs = new ArrayList<>();
            pairs.add(mask("a", type, (x, y, z) -> y % 2 == 1 && z < 2 ? 1 + y / 2 : 0));
            pairs.add(mask("b", type, (x, y, z) -> y % 2 == 1 && y < 6 && z < 2 ? 1 + y / 2 : 0));
            assertThrows(SamplesException.class, () -> coding(pairs), type);
            List<Pair> many = List.of(mask("c", type, (x, y, z) -> x + y + 3 * z));
            assertThrows(SamplesException.class, () -> coding(many), type);
        }
    }
}
