package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name is one class, whatever its numbers in the files. */
class NamedMasksTest {
    private static final Path DATA = Path.of("src/test/resources/dicom/seg");

    @TempDir
    Path folder;

    private static KnownClasses known(String... names) {
        return new KnownClasses(OptionalInt.of(names.length + 1), Optional.empty(), List.of(names));
    }

    private static ExampleSet.Reading reading(MaskType type, Integer ignored) {
        return new ExampleSet.Reading(type, Optional.ofNullable(ignored), List.of());
    }

    private static NamedMasks names(List<Pair> pairs, Integer ignored, String... classes) throws IOException {
        return NamedMasks.of(pairs, reading(MaskType.AUTO, ignored), OutputSpec.Kind.CLASSES, known(classes));
    }

    /** A row of voxels. */
    private Pair mask(String name, String values, String... segments) throws IOException {
        StringBuilder header = new StringBuilder("NRRD0004\ntype: short\ndimension: 3\nencoding: ascii\nsizes: "
                + values.replaceAll("\\d+", "").length() + " 1 1\n");
        for (int i = 0; i < segments.length; i++) {
            int equals = segments[i].indexOf('=');
            header.append("Segment" + i + "_Name:=" + segments[i].substring(0, equals) + "\nSegment" + i
                    + "_LabelValue:=" + segments[i].substring(equals + 1) + "\n");
        }
        Path file = folder.resolve(name + (segments.length > 0 ? ".seg.nrrd" : ".nrrd"));
        Files.writeString(file, header + "\n" + values.strip() + "\n", StandardCharsets.US_ASCII);
        return new Pair(name, file, file);
    }

    private static int[] values(NamedMasks names, Pair pair) throws IOException {
        return names.of(pair.mask(), MaskPlane.read(pair.mask())).get(0).values();
    }

    /** As src/test/python/seg_files.py has them, which wrote the files with highdicom and pynrrd. */
    private static int label(int x, int y, int z) {
        int slice = 4 - z;
        boolean liver = slice % 2 == 1 && x < 3 && y > 1;
        return liver ? 1 : slice == 1 && x > 4 ? 2 : 0;
    }

    @Test
    void filesOfHighdicomAndPynrrdHoldTheSameClasses() throws IOException {
        Path scan = DATA.resolve("case");
        List<Pair> pairs = List.of(
                new Pair("a", scan, DATA.resolve("case-seg.dcm")),
                new Pair("b", scan, DATA.resolve("swapped-seg.dcm")),
                new Pair("c", scan, DATA.resolve("slicer.seg.nrrd")));
        MaskCoding coding = ExampleSet.coding(
                pairs, reading(MaskType.AUTO, null), OutputSpec.Kind.CLASSES, known("liver", "spleen"));
        assertEquals(
                "masks: values are class indices 0 to 2; segments are classes by their names, whatever their numbers"
                        + " (liver in 3, spleen in 3 of 3 masks)",
                coding.note());
        CalibratedImage image = ImageFiles.read(scan);
        for (Pair pair : pairs) {
            List<MaskPlane> planes = coding.planes(pair.mask(), VolumeGrid.mask(pair, image, Orientation.AS_IT_LIES));
            assertEquals(5, planes.size());
            for (int z = 0; z < 5; z++) {
                byte[] classes = coding.classes(planes.get(z), pair.stem());
                for (int i = 0; i < 42; i++) {
                    assertEquals(label(i % 7, i / 7, z), classes[i], pair.stem() + " " + z + " " + i);
                }
            }
        }
        Pair swapped = pairs.get(1);
        TruthReader truth = TruthReader.of(List.of(swapped), reading(MaskType.AUTO, null), model("Liver", "spleen"));
        List<TruthReader.Plane> planes = travelled(truth).read(swapped, image, Orientation.AS_IT_LIES, note -> {});
        assertEquals(2, planes.get(3).classes().getAt(5, 0).get());
        assertEquals(1, planes.get(3).classes().getAt(0, 2).get());
    }

    private static ModelSpec model(String... classes) {
        ModelSpec spec = FakeNetworks.model(InputSpec.Rule.TILE, 3, OutputSpec.Kind.CLASSES, Optional.empty())
                .spec();
        List<OutputSpec.ClassSpec> named =
                List.of(new OutputSpec.ClassSpec(classes[0], 1), new OutputSpec.ClassSpec(classes[1], 2));
        return new ModelSpec(
                spec.identity(),
                spec.network(),
                spec.input(),
                new OutputSpec(named, OutputSpec.Kind.CLASSES, 0.5, 0, false),
                spec.history());
    }

    private static TruthReader travelled(TruthReader truth) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(truth);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (TruthReader) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Test
    void numbersThatAreThoseOfTheClassesAreNotToldOf() throws IOException {
        Pair pair = mask("a", "0 1 2 ", "Liver=1", "spleen=2");
        NamedMasks names = names(List.of(pair), null, "liver", "Spleen");
        assertEquals("", names.note());
        assertArrayEquals(new int[] {0, 1, 2}, values(names, pair));
        assertEquals(
                8, names.of(pair.mask(), MaskPlane.read(pair.mask())).get(0).bits(), "stored in 16 bits");
    }

    @Test
    void namesOfNoClassAreBackground() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        pairs.add(mask("a", "0 1 2 3 ", "kidney=1", "spleen=2", "liver=3"));
        pairs.add(mask("b", "0 1 2 5 ", "liver=1", "lesion=2", "lesion=5"));
        NamedMasks names = names(pairs, null, "liver", "spleen").required();
        assertArrayEquals(new int[] {0, 0, 2, 1}, values(names, pairs.get(0)));
        assertArrayEquals(new int[] {0, 1, 0, 0}, values(names, pairs.get(1)));
        assertEquals(
                "segments are classes by their names, whatever their numbers (liver in 2, spleen in 1 of 2 masks);"
                        + " segments of one name are one class, such as several 'lesion' in b.seg.nrrd;"
                        + " segments that are no classes are background (kidney, lesion)",
                names.note());
        NamedMasks all = names(pairs, null, "liver", "spleen", "kidney", "lesion");
        assertArrayEquals(new int[] {0, 3, 2, 1}, values(all, pairs.get(0)));
        assertArrayEquals(new int[] {0, 1, 4, 4}, values(all, pairs.get(1)));
    }

    @Test
    void masksWithoutNamesHoldTheNumbersOfClasses() throws IOException {
        List<Pair> pairs = List.of(mask("a", "0 1 2 ", "spleen=1", "liver=2"), mask("b", "0 1 2 "));
        NamedMasks names = names(pairs, null, "liver", "spleen");
        assertArrayEquals(new int[] {0, 2, 1}, values(names, pairs.get(0)));
        assertArrayEquals(new int[] {0, 1, 2}, values(names, pairs.get(1)));
        assertTrue(names.note().endsWith("masks that name no segments, such as b.nrrd, hold the numbers of classes"));
    }

    /** A misspelled class would be learned as background, and scored as missed. */
    @Test
    void aNameThatMayBeMeantToBeAClassIsRefused() throws IOException {
        List<Pair> pairs = List.of(mask("a", "0 1 2 ", "spleen=1", "Leber=2"));
        NamedMasks names = names(pairs, null, "liver", "spleen");
        String message = assertThrows(SamplesException.class, names::required).getMessage();
        assertEquals(
                "The masks name segments that are no classes (Leber), and no mask names the class liver. If these are the"
                        + " same, give the segments the names of the classes; otherwise remove the segments.",
                message);
        assertThrows(
                SamplesException.class,
                () -> TruthReader.requireNames(pairs, reading(MaskType.AUTO, null), model("liver", "spleen")));
        assertSame(NamedMasks.NONE, names(List.of(), null, "liver").required());
    }

    @Test
    void valuesTellWhereNoNameIsThatOfAClass() throws IOException {
        Pair first = mask("a", "0 1 2 ", "Segment_1=1", "Segment_2=2");
        NamedMasks names = names(List.of(first), null, "liver", "spleen").required();
        assertArrayEquals(new int[] {0, 1, 2}, values(names, first));
        assertEquals(0, names.count());
        assertEquals(
                "the names of segments (Segment_1, Segment_2) are none of the classes (liver, spleen): their numbers tell",
                names.note());
        List<Pair> both = List.of(first, mask("b", "0 1 2 ", "Segment_2=1", "Segment_1=2"));
        String message = assertThrows(SamplesException.class, () -> names(both, null, "liver", "spleen"))
                .getMessage();
        assertTrue(message.contains("the value 1 of b.seg.nrrd is 'Segment_2', but also 'Segment_1'"), message);
        List<Pair> renamed = List.of(first, mask("c", "0 1 ", "Tumour=1"));
        assertTrue(assertThrows(SamplesException.class, () -> names(renamed, null, "liver", "spleen"))
                .getMessage()
                .contains("the value 1 of c.seg.nrrd is 'Tumour', but also 'Segment_1'"));
        List<Pair> twice = List.of(first, mask("b", "0 3 ", "Segment_1=3"));
        assertTrue(assertThrows(SamplesException.class, () -> names(twice, null, "liver", "spleen"))
                .getMessage()
                .contains("is 'Segment_1', which is also the value 1"));
    }

    @Test
    void namesMeanNothingToObjectsAndOneForeground() throws IOException {
        List<Pair> pairs = List.of(mask("a", "0 1 2 ", "spleen=1", "liver=2"));
        for (MaskType type : List.of(MaskType.BINARY, MaskType.INSTANCES)) {
            assertSame(
                    NamedMasks.NONE,
                    NamedMasks.of(pairs, reading(type, null), OutputSpec.Kind.CLASSES, known("liver", "spleen")));
        }
        for (OutputSpec.Kind kind : List.of(OutputSpec.Kind.INSTANCES, OutputSpec.Kind.BOUNDARY_INSTANCES)) {
            assertSame(
                    NamedMasks.NONE,
                    NamedMasks.of(pairs, reading(MaskType.AUTO, null), kind, known("liver", "spleen")));
        }
        assertSame(NamedMasks.NONE, names(pairs, null), "nothing is known of the classes");
    }

    @Test
    void whatIsLeftOutKeepsItsNumber() throws IOException {
        List<Pair> pairs = List.of(
                mask("a", "0 1 2 9 ", "spleen=1", "liver=2", "unclear=9"), mask("b", "0 2 9 ", "liver=2", "unclear=9"));
        NamedMasks names = names(pairs, 9, "liver", "spleen").required();
        assertArrayEquals(new int[] {0, 2, 1, 9}, values(names, pairs.get(0)));
        assertTrue(names.note().endsWith("(liver in 2, spleen in 1 of 2 masks)"), names.note());
        List<Pair> elsewhere = List.of(pairs.get(0), mask("c", "0 8 ", "unclear=8"));
        List<Pair> other = List.of(pairs.get(0), mask("e", "0 9 ", "liver=9"));
        List<Pair> taken = List.of(mask("f", "0 1 2 3 ", "unclear=1", "liver=2", "spleen=3"));
        List<Pair> renamed = List.of(pairs.get(0), mask("d", "0 9 ", "vague=9"));
        for (List<Pair> refused : List.of(elsewhere, other, renamed)) {
            String message = assertThrows(SamplesException.class, () -> names(refused, 9, "liver", "spleen"))
                    .getMessage();
            assertTrue(message.startsWith("ignore_label=9 is a number, but"), message);
        }
        assertThrows(SamplesException.class, () -> names(taken, 1, "liver", "spleen"));
    }

    @Test
    void aMaskThatNamesOnlySomeOfItsValuesIsRefused() throws IOException {
        Pair missing = mask("a", "0 1 2 ", "spleen=1", " =2");
        String message = assertThrows(
                        UnsupportedImageException.class, () -> names(List.of(missing), null, "liver", "spleen"))
                .getMessage();
        assertTrue(message.contains("its segment 2 has no name, but others have"), message);
        Pair nameless = mask("b", "0 1 2 ", " =1", " =2");
        assertSame(NamedMasks.NONE, names(List.of(nameless), null, "liver", "spleen"));
        Pair stray = mask("c", "0 1 7 ", "spleen=1", "liver=2");
        NamedMasks names = names(List.of(stray), null, "liver", "spleen");
        String value =
                assertThrows(SamplesException.class, () -> values(names, stray)).getMessage();
        assertTrue(value.contains("c.seg.nrrd holds the value 7, which is that of none of its segments"), value);
    }
}
