package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec.ClassSpec;
import io.github.transfuse.samples.AugmentationPreview;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.MasksAsRead;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.Split;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of 3D Slicer and segmentations in DICOM name their classes, whatever their numbers. */
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

    private static List<String> names(Optional<List<ClassSpec>> classes) {
        return classes.orElseThrow().stream().map(ClassSpec::name).toList();
    }

    /** Slicer numbers segments as they were made. */
    @Test
    void otherNumbersInOtherMasksAreTheSameNames() throws IOException {
        mask("a.seg.nrrd", "liver=1", "spleen=2");
        mask("b.seg.nrrd", "Spleen=1", "kidney=3", "liver=4");
        assertEquals(List.of("liver", "spleen", "kidney"), names(ClassList.beside(masks)));
        mask("b.seg.nrrd", "liver=1=overlaps");
        assertThrows(UnsupportedImageException.class, () -> ClassList.beside(masks));
    }

    @Test
    void masksWithoutNamesNeedNumbersThatAreTheSameInAll() throws IOException {
        mask("a.seg.nrrd", "liver=1", "spleen=2");
        List<Path> files = List.of(masks.resolve("a.seg.nrrd"), masks.resolve("b.nrrd"));
        mask("b.nrrd");
        assertEquals(List.of("liver", "spleen"), names(ClassList.beside(masks, files, true)));
        mask("a.seg.nrrd", "liver=2", "spleen=5");
        assertEquals(Optional.empty(), ClassList.beside(masks, files, true), "classes in the order of their values");
        assertEquals(List.of("liver", "spleen"), names(ClassList.beside(masks)));
        mask("a.seg.nrrd", "liver=1", "liver=2");
        String message = assertThrows(SamplesException.class, () -> ClassList.beside(masks, files, true))
                .getMessage();
        assertTrue(message.contains("the value 2 of a.seg.nrrd is 'liver', which is also the value 1"), message);
        assertTrue(message.contains("such as b.nrrd, name none") && message.contains("classes.txt"), message);
        assertEquals(Optional.empty(), ClassList.beside(masks, files, false), "objects, or one foreground");
    }

    @Test
    void otherMasksHaveNoNames() throws IOException {
        assertEquals(Optional.empty(), ClassList.beside(masks));
    }

    /** A liver on the left and a spleen on the right, with these numbers. */
    private void pair(String stem, String firstName, int liver, int spleen) throws IOException {
        StringBuilder voxels = new StringBuilder();
        for (int i = 0; i < 40 * 40; i++) {
            voxels.append(i / 40 < 10 ? 0 : i % 40 < 15 ? liver : i % 40 < 25 ? 0 : spleen)
                    .append(' ');
        }
        String header = "NRRD0004\ntype: short\ndimension: 3\nencoding: ascii\nsizes: 40 40 1\n";
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("images/" + stem + ".nrrd"), header + "\n" + voxels);
        Files.writeString(
                masks.resolve(stem + ".seg.nrrd"),
                header + "Segment0_Name:=" + firstName + "\nSegment0_LabelValue:=" + liver
                        + "\nSegment1_Name:=spleen\nSegment1_LabelValue:=" + spleen + "\n\n" + voxels);
    }

    private TrainingPlanner planner(String more) throws IOException {
        return TrainingPlanner.of(Settings.parse(Task.TRAIN, more)
                .with("images", folder.resolve("images"))
                .with("masks", masks)
                .with("output", folder.resolve("out")));
    }

    @Test
    void aTrainingLearnsTheClassesOfNames() throws IOException {
        pair("a", "liver", 1, 2);
        pair("b", "Liver", 7, 3);
        TrainingPlanner planner = planner("");
        TrainingPlan plan = planner.plan();
        assertEquals(
                List.of("liver", "spleen"),
                plan.spec().output().classes().stream().map(ClassSpec::name).toList());
        assertEquals(3, plan.spec().network().classes());
        assertTrue(
                planner.survey().meaning().endsWith("whatever their numbers (liver in 2, spleen in 2 of 2 masks)"),
                planner.survey().meaning());
        List<AugmentationPreview.Sample> shown = MasksAsRead.of(
                new Split(Pairing.of(folder.resolve("images"), masks), List.of(), "", Map.of()),
                plan.spec(),
                new ExampleSet.Reading(MaskType.CLASSES, Optional.empty(), List.of()));
        assertEquals(2, shown.size());
        for (AugmentationPreview.Sample sample : shown) {
            int row = (sample.height() - 2) * sample.width();
            assertEquals(1, sample.truth()[row + 2], sample.stem());
            assertEquals(2, sample.truth()[row + sample.width() - 3], sample.stem());
        }
        Path first = masks.resolve("a.seg.nrrd");
        Files.writeString(
                first,
                Files.readString(first)
                        .replace("Segment0_Name", "Segment2_Name:=kidney\nSegment2_LabelValue:=4\nSegment0_Name"));
        assertEquals(4, planner("").plan().spec().network().classes(), "a class of which there is nothing");
        assertEquals(
                "foreground",
                planner("mask_type=binary")
                        .plan()
                        .spec()
                        .output()
                        .classes()
                        .get(0)
                        .name());
    }

    /** Only one of two organs is on the list: the other is background, not foreground. */
    @Test
    void aListMayHaveFewerClassesThanTheMasksHaveNames() throws IOException {
        pair("a", "liver", 1, 2);
        pair("b", "liver", 2, 1);
        ClassList.write(masks, List.of("spleen"));
        TrainingPlan plan = planner("").plan();
        assertEquals("classes", plan.data().meaning().type());
        assertEquals(1, plan.spec().network().classes());
        ExampleSet examples = ExampleSet.read(
                new Split(Pairing.of(folder.resolve("images"), masks), List.of(), "", Map.of()),
                plan.spec(),
                new ExampleSet.Reading(MaskType.CLASSES, Optional.empty(), List.of()));
        assertTrue(examples.coding().note().endsWith("segments that are no classes are background (liver)"));
        for (var example : examples.training()) {
            int row = (example.height() - 2) * example.width();
            assertEquals(0, example.target()[row + 2]);
            assertEquals(254, example.target()[row + example.width() - 3] & 0xFF);
        }
        ClassList.write(masks, List.of("spleen", "kidney"));
        assertThrows(SamplesException.class, () -> planner(""));
    }
}
