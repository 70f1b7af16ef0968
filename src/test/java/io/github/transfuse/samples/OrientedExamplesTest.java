package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.image.StoredVolume.Kind;
import io.github.transfuse.image.StoredVolume.Turn;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A volume and its mask are the same example however their files lie. */
class OrientedExamplesTest {
    private static final StoredVolume SCAN = StoredVolume.ras(12, 10, 9);
    private static final StoredVolume MASK = SCAN.with(
            Arrays.stream(SCAN.voxels()).map(value -> value > 500 ? 1 : 0).toArray());

    @TempDir
    private Path folder;

    private static ExampleReader reader(InputSpec.Mode mode, Optional<String> orientation) {
        boolean volume = mode == InputSpec.Mode.VOLUME;
        int context = mode == InputSpec.Mode.CONTEXT ? 1 : 0;
        List<Integer> size = volume ? List.of(8, 8, 8) : List.of(16, 16);
        InputSpec.Sampling sampling = new InputSpec.Sampling(
                Optional.of(size.stream().map(axis -> 1.0).toList()), "mm", mode, context, orientation);
        InputSpec input = new InputSpec(
                InputSpec.Rule.TILE,
                size,
                0.5,
                new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100),
                sampling);
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.INDEX, new int[] {1}, false, OptionalInt.empty(), "");
        Variant variant = volume ? Variant.T3D : Variant.T;
        return new ExampleReader(
                Models.of(input, new NetworkSpec(variant, 1 + 2 * context, 2, true)), List.of(), coding);
    }

    private Pair pair(StoredVolume image, StoredVolume mask) throws IOException {
        return new Pair(
                "v",
                image.write(folder.resolve("images"), "v", Kind.NIFTI),
                mask.write(folder.resolve("masks"), "v", Kind.NRRD));
    }

    @ParameterizedTest
    @EnumSource(
            value = InputSpec.Mode.class,
            names = {"VOLUME", "CONTEXT", "TRIPLANAR"})
    void all48OrientationsOfAnImageAndOthersOfItsMaskAreOneExample(InputSpec.Mode mode) throws IOException {
        List<ExampleReader.Read> straight = reader(mode, Optional.empty()).read(pair(SCAN, MASK));
        ExampleReader oriented = reader(mode, Optional.of("RAS"));
        List<Turn> turns = Turn.all();
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            Turn of = turns.get(i);
            Turn other = turns.get((i * 7 + 3) % turns.size());
            assertSame(straight, oriented.read(pair(SCAN.along(of), MASK.along(other)), notes::add));
        }
        assertEquals(47, notes.size());
        Turn turn = turns.get(20);
        Pair unplaced = pair(SCAN.along(turn), MASK);
        Path mask = folder.resolve("unplaced.nii");
        Files.write(mask, MASK.along(turn).nifti().putShort(254, (short) 0).array());
        assertSame(straight, oriented.read(new Pair("v", unplaced.image(), mask)));
    }

    private static void assertSame(List<ExampleReader.Read> expected, List<ExampleReader.Read> found) {
        assertEquals(expected.size(), found.size());
        for (int n = 0; n < expected.size(); n++) {
            Example wanted = expected.get(n).example();
            Example example = found.get(n).example();
            assertArrayEquals(wanted.size(), example.size());
            assertArrayEquals(wanted.units().gain(), example.units().gain());
            assertArrayEquals(wanted.units().offset(), example.units().offset());
            assertArrayEquals(wanted.target(), example.target());
            assertArrayEquals(
                    expected.get(n).truth().classes(), found.get(n).truth().classes());
            int count = wanted.target().length * wanted.channels();
            for (int i = 0; i < count; i++) {
                assertEquals(wanted.image().at(i), example.image().at(i));
            }
        }
    }

    /** A model that knows no axes: the image stays as it lies, and its mask comes to it. */
    @Test
    void aMaskComesToItsImageAlsoWithoutAxesOfTheModel() throws IOException {
        ExampleReader reader = reader(InputSpec.Mode.VOLUME, Optional.empty());
        Turn turn = Turn.all().get(13);
        List<ExampleReader.Read> same = reader.read(pair(SCAN.along(turn), MASK.along(turn)));
        for (Turn other : Turn.all()) {
            assertSame(same, reader.read(pair(SCAN.along(turn), MASK.along(other))));
        }
    }

    @Test
    void aMaskThatLiesElsewhereIsRefusedInEveryOrientation() throws IOException {
        double[] moved = MASK.affine().clone();
        moved[3] += 0.8;
        StoredVolume elsewhere = MASK.placed(moved);
        for (Turn turn : Turn.all()) {
            Pair pair = pair(SCAN, elsewhere.along(turn));
            String message = assertThrows(
                            SamplesException.class, () -> reader(InputSpec.Mode.VOLUME, Optional.of("RAS"))
                                    .read(pair))
                    .getMessage();
            assertTrue(message.contains("0.8 mm apart"), message);
        }
    }
}
