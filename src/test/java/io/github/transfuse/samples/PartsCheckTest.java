package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PartsCheckTest {
    private static final OutputSpec OUTPUT = new OutputSpec(
            List.of(new OutputSpec.ClassSpec("vein", 0), new OutputSpec.ClassSpec("artery", 0)),
            OutputSpec.Kind.CLASSES,
            0.5,
            0,
            false);

    private static Pair pair(String stem) {
        return new Pair(stem, Path.of(stem + ".png"), Path.of(stem + "_mask.png"));
    }

    private static List<String> ofMasks(Set<Integer> learned, Set<Integer> judged) {
        Pair one = pair("one");
        Pair two = pair("two");
        Function<Pair, Set<Integer>> classes = pair -> pair.equals(one) ? learned : judged;
        return PartsCheck.ofMasks(new Split(List.of(one), List.of(two), "", Map.of()), classes, OUTPUT);
    }

    @Test
    void classesThatNobodyJudgesAreNamed() {
        assertEquals(List.of(), ofMasks(Set.of(0, 1, 2), Set.of(0, 1, 2)));
        assertEquals(List.of(), ofMasks(Set.of(1), Set.of(0, 1)), "background everywhere is no class to miss");
        List<String> missing = ofMasks(Set.of(0, 1, 2), Set.of(0, 1));
        assertEquals(1, missing.size());
        assertTrue(missing.get(0).startsWith("No validation mask has the class artery:"), missing + "");
        assertTrue(ofMasks(Set.of(0, 1), Set.of(0)).get(0).contains("any foreground"));
    }

    private static Example example(String stem, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Example(stem, Picture.ofBytes(2, 2, bytes), new Units(new float[1], new float[1]), new byte[4]);
    }

    @Test
    void theSameImageOnBothSidesIsFoundByItsPixels() {
        List<Example> learned = List.of(example("a", 1, 2, 3, 4), example("b", 9, 9, 9, 200));
        assertEquals(List.of(), PartsCheck.ofImages(learned, List.of(example("c", 1, 2, 3, 5))));
        assertEquals(List.of(), PartsCheck.ofImages(learned, List.of(example("c", 9, 9, 9, 201))), "the last byte");
        assertEquals(
                List.of(
                        "The same image is learned and judges (copy is b): the figures are too good. Remove one of each two."),
                PartsCheck.ofImages(learned, List.of(example("c", 0, 0, 0, 0), example("copy", 9, 9, 9, 200))));
        List<Example> many = List.of(
                example("p", 1, 2, 3, 4),
                example("q", 1, 2, 3, 4),
                example("r", 1, 2, 3, 4),
                example("s", 1, 2, 3, 4),
                example("t", 1, 2, 3, 4));
        assertTrue(PartsCheck.ofImages(learned, many).get(0).contains("r is a and 2 more)"));
    }
}
