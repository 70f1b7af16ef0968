package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec.ClassSpec;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of 3D Slicer name their classes, and may not contradict each other. */
class SegmentClassesTest {
    @TempDir
    private Path folder;

    private Path masks;

    @BeforeEach
    void make() throws IOException {
        masks = Files.createDirectories(folder.resolve("masks"));
    }

    private void mask(String name, String... segments) throws IOException {
        StringBuilder header = new StringBuilder("NRRD0004\ntype: uchar\ndimension: 3\nsizes: 1 1 1\nencoding: raw\n");
        for (int i = 0; i < segments.length; i++) {
            String[] parts = segments[i].split("=", -1);
            header.append("Segment" + i + "_Name:=" + parts[0] + "\nSegment" + i + "_LabelValue:=" + parts[1] + "\n");
            header.append(
                    "Segment" + i + "_Color:=1 0.5 0\nSegment" + i + "_Layer:=" + (parts.length > 2 ? 1 : 0) + "\n");
        }
        Files.writeString(masks.resolve(name), header + "\n\1");
    }

    @Test
    void namesAndColoursAreThoseOfTheFiles() throws IOException {
        mask("a.seg.nrrd", "liver=1", "spleen=2");
        mask("b.seg.nrrd", "Milz=3", "liver=1");
        assertEquals(
                Optional.of(List.of(
                        new ClassSpec("liver", 0xff8000),
                        new ClassSpec("spleen", 0xff8000),
                        new ClassSpec("Milz", 0xff8000))),
                ClassList.beside(masks));
        ClassList.write(masks, List.of("one", "two", "three"));
        assertEquals("one", ClassList.beside(masks).orElseThrow().get(0).name(), "a list comes first");
        assertEquals("a", Pairing.stem(masks.resolve("a.seg.nrrd")));
    }

    @Test
    void segmentsInDicomNameClasses() throws IOException {
        Files.copy(Path.of("src/test/resources/dicom/seg/case-seg.dcm"), masks.resolve("case.dcm"));
        List<ClassSpec> classes = ClassList.beside(masks).orElseThrow();
        assertEquals(
                List.of("liver", "spleen"),
                classes.stream().map(ClassSpec::name).toList());
        assertTrue(classes.get(0).color() != classes.get(1).color());
    }

    @Test
    void contradictionsAreRefused() throws IOException {
        mask("a.seg.nrrd", "liver=1", "spleen=2");
        mask("b.seg.nrrd", "spleen=1");
        String message = assertThrows(SamplesException.class, () -> ClassList.beside(masks))
                .getMessage();
        assertTrue(message.contains("'spleen' has the value 1 in b.seg.nrrd"), message);
        mask("b.seg.nrrd", "liver=3");
        assertTrue(assertThrows(SamplesException.class, () -> ClassList.beside(masks))
                .getMessage()
                .contains("the value 1"));
        mask("b.seg.nrrd", "liver=1=overlaps");
        assertThrows(UnsupportedImageException.class, () -> ClassList.beside(masks));
    }

    @Test
    void otherMasksHaveNoNames() throws IOException {
        assertEquals(Optional.empty(), ClassList.beside(masks));
        mask("a.seg.nrrd", "liver=2");
        assertEquals(Optional.empty(), ClassList.beside(masks), "1 is left out");
    }
}
