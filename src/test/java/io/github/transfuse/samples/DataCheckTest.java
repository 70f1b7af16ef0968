package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataCheckTest {
    private static MaskSurvey mask(String name, Map<Integer, Long> counts) {
        return new MaskSurvey(Path.of("masks", name + ".png"), 8, counts, -1);
    }

    private static OutputSpec output(OutputSpec.Kind kind, String... names) {
        List<OutputSpec.ClassSpec> classes = Arrays.stream(names)
                .map(name -> new OutputSpec.ClassSpec(name, 0))
                .toList();
        return new OutputSpec(classes, kind, 0.5, 0, false);
    }

    private static List<String> ofClasses(MaskSurvey... masks) {
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.RANK, new int[] {0, 100, 200}, false, OptionalInt.of(7), "");
        return new DataCheck(List.of(masks), coding, output(OutputSpec.Kind.CLASSES, "vein", "artery")).ofMasks();
    }

    private static List<String> ofObjects(MaskSurvey... masks) {
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.BOUNDARY, new int[0], false, OptionalInt.of(99), "");
        return new DataCheck(List.of(masks), coding, output(OutputSpec.Kind.BOUNDARY_INSTANCES, "cell")).ofMasks();
    }

    @Test
    void sharesOfClassesAreTold() {
        assertEquals(
                List.of(
                        "Share of all pixels: background 75.00 % in 2, vein 20.00 % in 2, artery 5.00 % in 1 of 2 masks."),
                ofClasses(mask("a", Map.of(0, 80L, 100, 20L)), mask("b", Map.of(0, 70L, 100, 20L, 200, 10L, 7, 999L))));
    }

    @Test
    void emptyMasksAreNamed() {
        List<String> told = ofClasses(
                mask("a", Map.of(0, 80L)),
                mask("b", Map.of(0, 80L, 7, 20L)),
                mask("c", Map.of(0, 1L, 100, 1L)),
                mask("d", Map.of(0, 80L)),
                mask("e", Map.of(0, 80L)));
        assertTrue(told.get(1).startsWith("4 of 5 masks are empty (a.png, b.png, d.png and 1 more)"), told + "");
    }

    @Test
    void objectsAreCountedAndTinyOnesTold() {
        assertEquals(
                List.of("3 numbered objects in 2 masks, of 30 pixels in the middle."),
                ofObjects(mask("a", Map.of(0, 80L, 1, 10L, 2, 30L)), mask("b", Map.of(0, 70L, 1, 40L, 99, 2L))));
        String told = ofObjects(mask("a", Map.of(0, 80L, 1, 9L, 2, 30L))).get(0);
        assertTrue(told.contains("30 pixels in the middle; 1 have fewer than 10"), told);
        assertEquals(
                "Share of all pixels: background 75.00 % in 2, cell 25.00 % in 1 of 2 masks.",
                ofObjects(mask("a", Map.of(0, 80L)), mask("b", Map.of(0, 70L, 255, 50L)))
                        .get(0),
                "one value for all of them");
    }

    private static Example example(String stem, int... values) {
        byte[] bytes = new byte[values.length];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) values[i]);
        return new Example(stem, Picture.ofBytes(2, 2, bytes), new Units(new float[1], new float[1]), new byte[4]);
    }

    private static List<Example> alike(Example... more) {
        return Stream.concat(
                        Stream.of(
                                example("a", 20, 30, 40, 50),
                                example("b", 30, 30, 40, 60),
                                example("c", 10, 30, 40, 50),
                                example("d", 20, 30, 40, 45)),
                        Stream.of(more))
                .toList();
    }

    @Test
    void whatIsUnlikeAllOthersIsNamed() {
        List<Example> odd = alike(example("stained", 200, 210, 220, 230));
        assertEquals(
                List.of("stained is much brighter or darker than all other images: is it one of them?"),
                DataCheck.ofImages(odd, List.of()));
        assertEquals(List.of(), DataCheck.ofImages(alike(example("e", 40, 40, 50, 50)), List.of()));
        assertEquals(List.of(), DataCheck.ofImages(odd.subList(1, 5), List.of()), "too few to tell");
        assertEquals(
                List.of(),
                DataCheck.ofImages(
                        alike(example("s", 200, 210, 220, 230), example("t", 200, 210, 220, 231)), List.of()),
                "two are a kind of their own");
    }

    @Test
    void whatIsLearnedTwiceIsNamed() {
        List<Example> learned = alike(example("copy", 10, 30, 40, 50));
        assertEquals(
                List.of("The same image is learned twice (copy is c): it counts double. Remove one of each two."),
                DataCheck.ofImages(List.of(), learned));
    }
}
