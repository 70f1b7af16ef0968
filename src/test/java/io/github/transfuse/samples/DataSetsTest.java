package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the masks of real data sets are taken for, where the files are present. */
class DataSetsTest {

    private static final Path DATA = Path.of("../shared/data");

    private static List<Pair> some(String name) throws IOException {
        Path folder = DATA.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "no data set " + folder);
        Path images = folder.resolve("images");
        List<Pair> pairs = Pairing.of(images, folder.resolve("masks"));
        return pairs.subList(0, Math.min(3, pairs.size()));
    }

    private static MaskCoding coding(List<Pair> pairs, MaskType type, OutputSpec.Kind kind) throws IOException {
        return ExampleSet.coding(
                pairs, new ExampleSet.Reading(type, Optional.empty(), List.of()), kind, KnownClasses.NONE);
    }

    @ParameterizedTest
    @CsvSource({"isic2017", "kvasir_seg", "cvc_clinicdb", "chase_db1"})
    void isBinaryWithoutBeingTold(String name) throws IOException {
        MaskCoding coding = coding(some(name), MaskType.AUTO, OutputSpec.Kind.CLASSES);
        assertEquals(MaskCoding.Rule.ABOVE, coding.rule(), coding.note());
        assertEquals(1, coding.classes());
    }

    @Test
    void numberedNucleiAreAskedAbout() throws IOException {
        List<Pair> pairs = some("dsb2018");
        SamplesException thrown =
                assertThrows(SamplesException.class, () -> coding(pairs, MaskType.AUTO, OutputSpec.Kind.CLASSES));
        assertTrue(thrown.getMessage().contains("mask_type to instances"), thrown.getMessage());
        assertEquals(
                1, coding(pairs, MaskType.INSTANCES, OutputSpec.Kind.INSTANCES).classes());
        assertEquals(
                3,
                coding(pairs, MaskType.INSTANCES, OutputSpec.Kind.BOUNDARY_INSTANCES)
                        .classes());
    }

    @Test
    void sequencesOfCvcStayTogether() throws IOException {
        Path folder = DATA.resolve("cvc_clinicdb");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no data set " + folder);
        List<Pair> pairs = Pairing.of(folder.resolve("images"), folder.resolve("masks"));
        Split split = Splitting.of(folder.resolve("sequences.csv").toString(), pairs);
        assertEquals(pairs.size(), split.training().size() + split.validation().size());
        assertTrue(split.note().contains("sequences.csv"), split.note());
    }
}
