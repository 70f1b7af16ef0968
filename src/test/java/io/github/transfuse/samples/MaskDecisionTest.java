package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.MaskValues;
import io.github.transfuse.model.OutputSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MaskDecisionTest {

    private static MaskCoding decide(MaskType type, int bits, int ignored, int... values) {
        return decide(type, bits, ignored, KnownClasses.NONE, values);
    }

    private static MaskCoding decide(MaskType type, int bits, int ignored, KnownClasses known, int... values) {
        Map<Integer, Long> counts =
                IntStream.of(values).boxed().collect(Collectors.toMap(v -> v, v -> 100L, Long::sum, TreeMap::new));
        return MaskDecision.of(
                type,
                List.of(new MaskSurvey(Path.of("mask.png"), bits, counts, -1)),
                ignored < 0 ? Optional.empty() : Optional.of(ignored),
                OutputSpec.Kind.CLASSES,
                known);
    }

    private static byte[] classes(MaskCoding coding, int bits, int... values) {
        return coding.classes(new MaskPlane(1, values.length, bits, values), "mask");
    }

    @Test
    void twoValuesAreBinaryWhateverTheyAre() {
        for (int[] pair : new int[][] {{0, 1}, {0, 255}, {7, 9}, {0, 40000}}) {
            int bits = pair[1] > 255 ? 16 : 8;
            MaskCoding coding = decide(MaskType.AUTO, bits, -1, pair);
            assertEquals(1, coding.classes());
            assertArrayEquals(new byte[] {0, 1, 0}, classes(coding, bits, pair[0], pair[1], pair[0]));
        }
    }

    /** The 255th object of a label image is learned as the others are. */
    @Test
    void anObjectOfNumber255IsNotLeftOut() {
        TreeMap<Integer, Long> counts = new TreeMap<>(Map.of(0, 9L, 254, 9L, 255, 9L, 65_535, 9L));
        MaskCoding coding = MaskDecision.of(
                MaskType.INSTANCES,
                List.of(new MaskSurvey(Path.of("mask.png"), 16, counts, -1)),
                Optional.of(65_535),
                OutputSpec.Kind.BOUNDARY_INSTANCES,
                KnownClasses.NONE);
        int[] of255 = {0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 65_535};
        int[] of254 = IntStream.of(of255).map(v -> v == 255 ? 254 : v).toArray();

        assertArrayEquals(classes(coding, 16, of254), classes(coding, 16, of255));
        assertEquals(-1, classes(coding, 16, of255)[13]);
        assertTrue(classes(coding, 16, of255)[6] > 0);
    }

    private static MaskCoding jpeg(int... values) {
        Map<Integer, Long> counts = new TreeMap<>();
        IntStream.of(values).forEach(value -> counts.merge(value, 100L, Long::sum));
        return MaskDecision.of(
                MaskType.AUTO,
                List.of(new MaskSurvey(Path.of("mask.JPG"), 8, counts, -1)),
                Optional.empty(),
                OutputSpec.Kind.CLASSES,
                KnownClasses.NONE);
    }

    /** At high quality a JPEG has a few values about those that were saved. */
    @Test
    void twoBlurredValuesAreBinary() {
        MaskCoding coding = jpeg(0, 1, 2, 3, 252, 253, 254, 255);
        assertEquals(1, coding.classes());
        assertArrayEquals(new byte[] {0, 0, 1, 1}, classes(coding, 8, 0, 3, 252, 255));
        assertEquals("masks: values above 127 are foreground", coding.note());
    }

    /** Whatever the format is now, nobody chose 254 and 255, or 253 to 255, for classes; two marks beside indices are classes. */
    @Test
    void blurredValuesThatWereSavedAgainAreBinary() {
        for (int[] values :
                new int[][] {{0, 1, 254, 255}, {0, 254, 255}, {0, 1, 253, 254}, {0, 1, 2, 3, 253, 254, 255}}) {
            MaskCoding coding = decide(MaskType.AUTO, 8, -1, values);
            assertEquals(1, coding.classes());
            assertEquals("masks: values above " + values[values.length - 1] / 2 + " are foreground", coding.note());
        }
        for (int[] values : new int[][] {
            {0, 1, 2, 254, 255}, {0, 1, 253, 255}, {0, 1, 8, 253, 254, 255}, {0, 128, 254, 255}, {0, 1, 200, 201}
        }) {
            assertEquals(values.length, decide(MaskType.AUTO, 8, -1, values).classes());
        }
        assertEquals(4, decide(MaskType.CLASSES, 8, -1, 0, 1, 254, 255).classes());
    }

    private static MaskSurvey of(String name, Map<Integer, Integer> colors, Integer... values) {
        Map<Integer, Long> counts =
                Stream.of(values).collect(Collectors.toMap(v -> v, v -> 100L, Long::sum, TreeMap::new));
        return new MaskSurvey(Path.of(name), 8, counts, -1, 1, colors);
    }

    @Test
    void aForegroundWithOtherNumbersInOtherMasksIsHintedAt() {
        String hint = "; no mask holds two of them: if all mean the same, give mask_type=binary";
        MaskSurvey one = of("a.png", Map.of(), 0, 1);
        MaskCoding coding = automatic(one, of("b.png", Map.of(), 0, 255));
        assertEquals(3, coding.classes());
        assertTrue(coding.note().endsWith(hint), coding.note());
        assertFalse(automatic(one, of("b.png", Map.of(), 0, 1, 255)).note().contains("mask_type"));
    }

    @Test
    void aColourWithTwoNumbersIsRefused() {
        MaskSurvey one = of("a.png", Map.of(0, 0, 0xff0000, 1, 0x00ff00, 2), 0, 1, 2);
        MaskSurvey other = of("b.png", Map.of(0, 0, 0xff0000, 2), 0, 2);
        String message = assertThrows(SamplesException.class, () -> automatic(one, other))
                .getMessage();
        assertTrue(message.startsWith("The masks a.png and b.png number their colours"), message);
        assertTrue(message.contains("#ff0000 is 1 in one and 2 in the other"), message);
        assertEquals(
                3, automatic(one, of("c.png", Map.of(0, 0, 0x00ff00, 2), 0, 2)).classes());
        List<MaskSurvey> both = List.of(one, other);
        MaskDecision.of(MaskType.INSTANCES, both, Optional.empty(), OutputSpec.Kind.CLASSES, KnownClasses.NONE);
    }

    @Test
    void severalBlurredValuesAreAskedAbout() {
        String message = assertThrows(SamplesException.class, () -> jpeg(0, 1, 126, 127, 128, 254, 255))
                .getMessage();
        assertTrue(message.startsWith("JPEG has blurred the values of masks such as mask.JPG"), message);
        assertEquals(3, jpeg(0, 128, 255).classes(), "far from each other");
    }

    @Test
    void theUsualMarkOfWhatIsLeftOutIsHintedAt() {
        String hint = "; if 255 marks what is to be left out, give ignore_label=255";
        for (int[] values : new int[][] {{0, 1, 255}, {0, 1, 2, 3, 255}}) {
            MaskCoding coding = decide(MaskType.AUTO, 8, -1, values);
            assertEquals(values.length, coding.classes());
            assertTrue(coding.note().endsWith(hint), coding.note());
        }
        for (int[] values : new int[][] {{0, 255}, {0, 2, 255}, {0, 128, 255}, {1, 2, 255}, {0, 1, 254}}) {
            assertFalse(decide(MaskType.AUTO, 8, -1, values).note().contains("ignore_label"));
        }
        assertFalse(decide(MaskType.AUTO, 8, 255, 0, 1, 2, 255).note().contains("ignore_label"));
    }

    @Test
    void upTo20ValuesAreClasses() {
        MaskCoding indices = decide(MaskType.AUTO, 8, -1, 0, 1, 2, 3);
        assertEquals(4, indices.classes());
        assertArrayEquals(new byte[] {3, 1}, classes(indices, 8, 3, 1));

        MaskCoding ranks = decide(MaskType.AUTO, 8, -1, 0, 128, 255);
        assertEquals(3, ranks.classes());
        assertArrayEquals(new byte[] {2, 1, 0}, classes(ranks, 8, 255, 128, 0));

        MaskCoding colors = decide(MaskType.AUTO, MaskPlane.COLOR, -1, 0, 0xff0000, 0x00ff00);
        assertArrayEquals(new byte[] {2, 1}, classes(colors, MaskPlane.COLOR, 0xff0000, 0x00ff00));
        assertTrue(colors.note().contains("#ff0000"), colors.note());
    }

    /** A model of two classes cannot be scored with masks that hold one other number: which of the two would it be? */
    @Test
    void otherNumbersThanThoseOfTheClassesAreRefusedWhereSomeAreMissing() {
        KnownClasses three = KnownClasses.of(3);
        for (MaskType type : List.of(MaskType.AUTO, MaskType.CLASSES)) {
            String message = assertThrows(SamplesException.class, () -> decide(type, 8, -1, three, 0, 5))
                    .getMessage();
            assertTrue(
                    message.contains("mask.png") && message.contains("0, 5") && message.contains("2 classes"), message);
        }
        assertEquals(3, decide(MaskType.AUTO, 8, -1, three, 0, 2, 5).classes());
        assertArrayEquals(new byte[] {2}, classes(decide(MaskType.AUTO, 8, -1, three, 0, 2), 8, 2));
        assertEquals(1, decide(MaskType.BINARY, 8, -1, three, 0, 5).classes());
    }

    @Test
    void valuesWithGapsAreClassesInOrder() {
        MaskCoding gaps = decide(MaskType.AUTO, 8, -1, 0, 2, 5);
        assertEquals(3, gaps.classes());
        assertArrayEquals(new byte[] {1, 2, 0}, classes(gaps, 8, 2, 5, 0));
        assertTrue(gaps.note().contains("0, 2, 5; the model numbers them from 0 to 2"), gaps.note());
    }

    @Test
    void classesThatAreKnownMayBeMissing() {
        for (int bits : new int[] {8, 16}) {
            for (int[] values : new int[][] {{0, 2}, {0, 2, 5}}) {
                MaskCoding coding = decide(MaskType.AUTO, bits, -1, KnownClasses.of(6), values);
                assertArrayEquals(new byte[] {2, 0}, classes(coding, bits, 2, 0), coding.note());
            }
        }
        MaskCoding mapped = decide(MaskType.AUTO, 8, -1, KnownClasses.of(3), 0, 2, 5);
        assertArrayEquals(new byte[] {1, 2}, classes(mapped, 8, 2, 5), "too large for the classes of the model");
    }

    /** The masks of an evaluation or of a further training need not hold all classes of the first one. */
    @Test
    void valuesThatAModelWasTrainedWithMeanTheSameClasses() {
        KnownClasses trained =
                new KnownClasses(OptionalInt.of(3), Optional.of(new MaskValues(List.of(0, 2, 5), false)));
        for (MaskType type : List.of(MaskType.AUTO, MaskType.CLASSES)) {
            assertArrayEquals(new byte[] {2, 0}, classes(decide(type, 8, -1, trained, 0, 5), 8, 5, 0));
            assertArrayEquals(new byte[] {1, 0}, classes(decide(type, 8, -1, trained, 0, 2), 8, 2, 0));
            assertArrayEquals(
                    new byte[] {1, (byte) Example.IGNORED},
                    classes(decide(type, 8, 255, trained, 0, 2, 255), 8, 2, 255));
        }
        MaskCoding found = decide(MaskType.AUTO, 8, -1, trained, 0, 5);
        assertTrue(found.note().contains("0, 2, 5, as in the training of the model"), found.note());
        assertEquals(trained.values(), found.maskValues());
        assertEquals(1, decide(MaskType.BINARY, 8, -1, trained, 0, 5).classes());

        MaskCoding indices = decide(MaskType.AUTO, 8, -1, trained, 0, 1, 2);
        assertArrayEquals(new byte[] {1, 2}, classes(indices, 8, 1, 2), "other masks, whose values are indices");
        assertEquals(Optional.empty(), indices.maskValues());

        KnownClasses colors =
                new KnownClasses(OptionalInt.of(3), Optional.of(new MaskValues(List.of(0, 0xff00, 0xff0000), true)));
        MaskCoding red = decide(MaskType.AUTO, MaskPlane.COLOR, -1, colors, 0, 0xff0000);
        assertArrayEquals(new byte[] {2, 0}, classes(red, MaskPlane.COLOR, 0xff0000, 0));
    }

    @Test
    void whatCannotBeToldIsAskedFor() {
        int[] many = IntStream.range(0, 21).toArray();
        for (var asked : List.of(new int[] {8}, new int[] {16})) {
            SamplesException thrown = assertThrows(
                    SamplesException.class,
                    () -> decide(MaskType.AUTO, asked[0], -1, asked[0] == 8 ? many : new int[] {0, 1, 2}));
            assertTrue(thrown.getMessage().contains("Set mask_type to instances"), thrown.getMessage());
        }
    }

    private static MaskCoding volumes(int bits, int planes, int... values) {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        IntStream.of(values).forEach(value -> counts.put(value, 100L));
        return automatic(new MaskSurvey(Path.of("mask.nii.gz"), bits, counts, -1, planes, Map.of()));
    }

    /** As nnU-Net and others store classes: in as many bits as images. */
    @Test
    void fewValuesOfVolumesAreClassesInAnyNumberOfBits() {
        for (int bits : new int[] {16, 32, 64}) {
            MaskCoding coding = volumes(bits, 2, 0, 1, 2);
            assertEquals(3, coding.classes());
            assertArrayEquals(new byte[] {2, 1, 0}, classes(coding, bits, 2, 1, 0));
            assertEquals(
                    "masks: values are class indices 0 to 2; if they number objects, give mask_type=instances",
                    coding.note());
            assertEquals(20, volumes(bits, 2, IntStream.range(0, 20).toArray()).classes());
            List<int[]> asked = List.of(
                    new int[] {0, 1, 3},
                    new int[] {1, 2, 3},
                    IntStream.range(0, 21).toArray());
            for (int[] values : asked) {
                assertThrows(SamplesException.class, () -> volumes(bits, 2, values));
            }
            assertThrows(SamplesException.class, () -> volumes(bits, 1, 0, 1, 2), "one plane");
            MaskSurvey plane =
                    new MaskSurvey(Path.of("p"), bits, new TreeMap<>(Map.of(0, 1L, 1, 1L, 2, 1L)), -1, 1, Map.of());
            MaskSurvey volume = new MaskSurvey(Path.of("v"), bits, plane.counts(), -1, 9, Map.of());
            assertThrows(SamplesException.class, () -> automatic(plane, volume));
        }
        assertEquals(
                "masks: values are class indices 0 to 2", volumes(8, 2, 0, 1, 2).note());
        assertThrows(
                SamplesException.class,
                () -> automatic(new MaskSurvey(
                        Path.of("m"), 16, new TreeMap<>(Map.of(0, 1L, 1, 1L, 2, 1L, 3, 1L, 4, 1L)), 4, 7, Map.of())),
                "they look like numbers of objects");
    }

    @Test
    void objectsAreForegroundAboveZero() {
        MaskCoding coding = decide(MaskType.INSTANCES, 16, -1, 0, 1, 2, 300);
        assertEquals(1, coding.classes());
        assertArrayEquals(new byte[] {0, 1, 1}, classes(coding, 16, 0, 1, 300));
    }

    @Test
    void theIgnoredValueIsNeitherBackgroundNorClass() {
        MaskCoding coding = decide(MaskType.AUTO, 8, 255, 0, 1, 255);
        assertEquals(1, coding.classes());
        assertArrayEquals(new byte[] {0, 1, (byte) Example.IGNORED}, classes(coding, 8, 0, 1, 255));
    }

    @Test
    void masksWithoutForegroundAreRefused() {
        SamplesException thrown = assertThrows(SamplesException.class, () -> decide(MaskType.AUTO, 8, 255, 0, 255));
        assertTrue(thrown.getMessage().contains("no foreground: apart from the ignored"), thrown.getMessage());
        thrown = assertThrows(SamplesException.class, () -> decide(MaskType.AUTO, 8, -1, 0));
        assertTrue(thrown.getMessage().contains("no foreground: they hold only [0]"), thrown.getMessage());
    }

    @Test
    void blurredTwoValuesAreBinaryAroundTheirMiddle() {
        Map<Integer, Long> counts = new TreeMap<>(Map.of(0, 10_000L, 255, 5_000L));
        IntStream.range(1, 25).forEach(v -> counts.put(v, 10L));
        counts.put(130, 5L);
        MaskCoding coding = MaskDecision.of(
                MaskType.AUTO,
                List.of(new MaskSurvey(Path.of("mask.jpg"), 8, counts, -1)),
                Optional.empty(),
                OutputSpec.Kind.CLASSES,
                KnownClasses.NONE);
        assertArrayEquals(new byte[] {0, 0, 1, 1}, classes(coding, 8, 0, 24, 130, 255));
    }

    @Test
    void aValueThatMeansNothingIsNamed() {
        MaskCoding coding = decide(MaskType.AUTO, 8, -1, 0, 128, 255);
        SamplesException thrown = assertThrows(SamplesException.class, () -> classes(coding, 8, 0, 77));
        assertTrue(thrown.getMessage().contains("77"), thrown.getMessage());
    }

    private static MaskSurvey numbered(int objects, int regions) {
        int[] values = new int[40 * 5];
        for (int i = 0; i < objects * regions; i++) {
            values[40 * (1 + i % 3) + 2 * (i / 3)] = 1 + i % objects;
        }
        Map<Integer, Long> counts =
                IntStream.of(values).boxed().collect(Collectors.toMap(v -> v, v -> 1L, Long::sum, TreeMap::new));
        List<MaskPlane> plane = List.of(new MaskPlane(5, 40, 8, values));
        return new MaskSurvey(Path.of("mask.png"), 8, counts, MaskSurvey.objects(plane, counts));
    }

    private static MaskCoding automatic(MaskSurvey... masks) {
        return MaskDecision.of(
                MaskType.AUTO, List.of(masks), Optional.empty(), OutputSpec.Kind.CLASSES, KnownClasses.NONE);
    }

    /** Numbers of objects in 8 bits are as little classes as those in 16. */
    @Test
    void numbersOfObjectsIn8BitsAreAskedAbout() {
        String message = assertThrows(SamplesException.class, () -> automatic(numbered(4, 1), numbered(6, 1)))
                .getMessage();
        assertTrue(message.contains("mask_type"), message);
        assertThrows(SamplesException.class, () -> automatic(numbered(7, 1)));
        assertThrows(SamplesException.class, () -> automatic(numbered(1, 1), numbered(5, 1)));
        assertEquals(6, automatic(numbered(5, 1), numbered(5, 1)).classes(), "the same in all: layers or organs");
        assertEquals(7, automatic(numbered(4, 1), numbered(6, 2)).classes(), "in two places");
        assertEquals(4, automatic(numbered(2, 1), numbered(3, 1)).classes(), "few");
    }
}
