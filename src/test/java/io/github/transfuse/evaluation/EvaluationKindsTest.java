package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.process.Blitter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Squares;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.view.EvaluationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluations of several classes, ignored labels, numbered objects and stacks; the network shows its pixels. */
class EvaluationKindsTest {
    private static final int SIDE = 40;

    @TempDir
    Path folder;

    private void save(String name, ImagePlus image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        FileSaver saver = new FileSaver(image);
        assertTrue(
                image.getStackSize() > 1 ? saver.saveAsTiffStack(file.toString()) : saver.saveAsTiff(file.toString()));
    }

    private static ByteProcessor square(int x, int y, int side, int value) {
        ByteProcessor pixels = new ByteProcessor(SIDE, SIDE);
        Squares.fill(pixels, value, x, y, side);
        return pixels;
    }

    private EvaluationReport run(ModelFolder model, String more) throws IOException {
        Settings settings = Settings.parse(Task.EVALUATE, more)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"));
        try (TransFuse network = FakeNetworks.open(model, options -> new FakeNetworks.Times(2))) {
            return Evaluation.of(network, settings).run(EvaluationListener.NONE);
        }
    }

    /** Red with a square of green and one of blue. */
    private static ColorProcessor redGreenBlue() {
        ColorProcessor picture = new ColorProcessor(SIDE, SIDE);
        Squares.fill(picture, 0xff0000, 0, 0, SIDE);
        Squares.fill(picture, 0x00ff00, 5, 5, 10);
        Squares.fill(picture, 0x0000ff, 20, 20, 8);
        return picture;
    }

    /** Red is background; class 1 is green and half of its truth is left out; class 2 is blue and shifted by two. */
    @Test
    void classesAreScoredAloneAndWhatIsIgnoredCountsNowhere() throws IOException {
        ColorProcessor picture = redGreenBlue();
        save("images/a.tif", new ImagePlus("a", picture));
        ByteProcessor mask = square(5, 5, 10, 1);
        Squares.fill(mask, 2, 22, 20, 8);
        mask.setValue(255);
        mask.setRoi(10, 5, 10, 10);
        mask.fill();
        save("masks/a.tif", new ImagePlus("a", mask));

        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 3, Kind.CLASSES, Optional.empty()), "ignore_label=255");
        assertEquals(List.of("class0", "class1"), report.classNames());
        assertEquals(1, report.summary("class0", Measure.DICE).mean(), 1e-9);
        assertEquals(50, report.scores().get(0).scores().overlap().truth());
        assertEquals(96.001 / 128.001, report.summary("class1", Measure.DICE).mean(), 1e-9);
        assertEquals(48.0 / 80, report.summary("class1", Measure.IOU).mean(), 1e-9);
        String html = EvaluationPage.html(report);
        assertTrue(html.contains("<td>class1</td>"), html);
        assertTrue(html.contains("This model records no check of bf16"), "the page says what is known of bf16");
        assertTrue(report.lines().get(0).startsWith("class0  Dice 1.0000"), report.lines()::toString);
    }

    /** The mask numbers two objects that touch; only one of them is found with an IoU above one half. */
    @Test
    void numberedObjectsAreMatchedOneByOne() throws IOException {
        save("images/cells.tif", new ImagePlus("cells", square(4, 4, 12, 255)));
        ByteProcessor mask = square(4, 4, 12, 1);
        Squares.fill(mask, 2, 12, 4, 4);
        Squares.fill(mask, 3, 30, 30, 6);
        save("masks/cells.tif", new ImagePlus("cells", mask));
        EvaluationReport report = run(
                FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()),
                "mask_type=instances threshold=0.7");
        CaseScore score = report.scores().get(0);
        assertEquals(3, score.objects().orElseThrow().truth());
        assertEquals(1, score.objects().orElseThrow().predicted());
        assertEquals(2.0 / 4, Measure.OBJECT_F1.of(score), 1e-9);
    }

    private void shapes(String name, Roi... rois) throws IOException {
        Files.createDirectories(folder.resolve("masks"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("masks/" + name)))) {
            for (Roi roi : rois) {
                zip.putNextEntry(new ZipEntry(roi.getName() + "-" + roi.getXBase() + ".roi"));
                zip.write(RoiEncoder.saveAsByteArray(roi));
                zip.closeEntry();
            }
        }
    }

    private static Roi named(String name, Roi roi) {
        roi.setName(name);
        return roi;
    }

    /** The same three objects as above, drawn; no setting says that each is an object. */
    @Test
    void drawnObjectsAreMatchedOneByOne() throws IOException {
        save("images/cells.tif", new ImagePlus("cells", square(4, 4, 12, 255)));
        shapes(
                "cells.zip",
                named("a", new Roi(4, 4, 12, 12)),
                named("b", new Roi(12, 4, 4, 4)),
                named("c", new Roi(30, 30, 6, 6)));
        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), "threshold=0.7");
        CaseScore score = report.scores().get(0);
        assertEquals(3, score.objects().orElseThrow().truth());
        assertEquals(2.0 / 4, Measure.OBJECT_F1.of(score), 1e-9);
    }

    /** Drawn classes are those of the model by name, whatever their order. */
    @Test
    void drawnClassesAreThoseOfTheModel() throws IOException {
        ColorProcessor picture = redGreenBlue();
        save("images/a.tif", new ImagePlus("a", picture));
        shapes("a.zip", named("class1", new Roi(20, 20, 8, 8)), named("class0", new Roi(5, 5, 10, 10)));
        EvaluationReport report = run(FakeNetworks.model(Rule.TILE, 3, Kind.CLASSES, Optional.empty()), "");
        assertEquals(1, report.summary("class0", Measure.DICE).mean(), 1e-9);
        assertEquals(1, report.summary("class1", Measure.DICE).mean(), 1e-9);
        shapes("a.zip", named("class1", new Roi(20, 20, 8, 8)), named("vessel", new Roi(5, 5, 10, 10)));
        String message = assertThrows(
                        SamplesException.class,
                        () -> run(FakeNetworks.model(Rule.TILE, 3, Kind.CLASSES, Optional.empty()), ""))
                .getMessage();
        assertTrue(message.contains("vessel"), message);
    }

    /** Two squares in planes of their own; in the second plane both lie apart by 3 and 4 pixels of half a micron. */
    @Test
    void everySliceIsARowWhereObjectsAreFoundInSlicesAlone() throws IOException {
        save("images/s.tif", stack(square(5, 5, 10, 255), square(5, 5, 1, 255)));
        save("masks/s.tif", stack(square(5, 5, 10, 255), square(8, 9, 1, 255)));
        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), "threshold=0.7 connectivity=8");
        assertEquals(
                List.of("s#1", "s#2"),
                report.scores().stream().map(CaseScore::image).toList());
        assertEquals(0, Measure.HD95.of(report.scores().get(0)));
        assertEquals(2.5, Measure.HD95.of(report.scores().get(1)), 1e-9);
        assertEquals("micron", report.unit());
        String csv = Files.readString(folder.resolve("out/evaluation.csv"));
        assertTrue(csv.contains("s#2,class0,"), csv);
    }

    /** The truth reaches one slice further, 3 microns, than the object that a model of planes finds. */
    @ParameterizedTest
    @EnumSource(
            value = InputSpec.Mode.class,
            names = {"SLICES", "TRIPLANAR"})
    void aStackIsScoredAsAVolumeByModelsOfPlanes(InputSpec.Mode mode) throws IOException {
        ByteProcessor empty = square(0, 0, 0, 0);
        save("images/s.tif", stack(empty, square(5, 5, 10, 255), square(5, 5, 10, 255), empty, empty));
        ByteProcessor object = square(5, 5, 10, 7);
        Squares.fill(object, 2, 30, 30, 4);
        save("masks/s.tif", stack(empty, object, object, object, empty));
        ModelFolder model = FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.of(0.5));
        EvaluationReport report = run(FakeNetworks.inMode(model, mode), "threshold=0.7 mask_type=instances");
        assertEquals(1, report.scores().size(), "one row for the stack");
        CaseScore score = report.scores().get(0);
        assertEquals("s", score.image());
        assertEquals(2 * 200 / (200 + 300 + 48.0), Measure.DICE.of(score), 0.01);
        assertEquals(2, score.objects().orElseThrow().truth(), "numbers reach through the slices");
        assertEquals(1, score.objects().orElseThrow().predicted());
        assertEquals(2.0 / 3, Measure.OBJECT_F1.of(score), 1e-9, "they overlap by two thirds");
    }

    @Test
    void distancesInAStackGoThroughItsSlices() throws IOException {
        ByteProcessor object = square(5, 5, 10, 255);
        save("images/s.tif", stack(object, object, square(0, 0, 0, 0)));
        save("masks/s.tif", stack(object, object, object));
        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty()), "threshold=0.7");
        assertEquals(3, Measure.HD95.of(report.scores().get(0)), 1e-9);
        assertEquals("micron", report.unit());
    }

    /** 40 x 40 x 3 voxels of half a micron and 3 microns, with an error in the last slice only. */
    @Test
    void aVolumeIsShownByThreePlanesWhereItIsWrong() throws IOException {
        ByteProcessor object = square(5, 5, 10, 255);
        ByteProcessor wrong = square(20, 30, 4, 255);
        wrong.copyBits(object, 0, 0, Blitter.ADD);
        save("images/s.tif", stack(object, object, wrong));
        save("masks/s.tif", stack(object, object, object));
        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty()), "threshold=0.7");
        Preview preview = report.pictures().worst().get(0).preview();
        assertEquals("s (slice 3, y 30, x 20)", preview.name());
        int plane = (preview.width() - 6) / 2;
        assertEquals(preview.height(), plane + 6 + 9 * plane / 20.0, 10, "true proportions");
        assertEquals(1, at(preview, plane * 22 / 40, plane * 32 / 40), "across z");
        assertEquals(
                1,
                at(preview, plane + 6 + plane * 32 / 40, preview.height() - 5),
                "across x, last slice at the bottom");
        assertEquals(
                0, at(preview, plane + 6 + plane * 32 / 40, preview.height() - 5 - 3 * plane / 20), "one slice before");
        assertEquals(1, at(preview, plane * 22 / 40, preview.height() - 5), "across y, last slice at the bottom");
        assertEquals(0, at(preview, preview.width() - 5, 5), "nothing in the corner");
        assertTrue(EvaluationPage.html(report).contains("s (slice 3, y 30, x 20)"));
    }

    private static int at(Preview preview, int x, int y) {
        return preview.predicted()[y * preview.width() + x];
    }

    private static ImagePlus stack(ByteProcessor... slices) {
        ImageStack planes = new ImageStack(SIDE, SIDE);
        for (ByteProcessor slice : slices) {
            planes.addSlice(slice.duplicate());
        }
        ImagePlus stack = new ImagePlus("s", planes);
        stack.getCalibration().pixelWidth = 0.5;
        stack.getCalibration().pixelHeight = 0.5;
        stack.getCalibration().pixelDepth = 3;
        stack.getCalibration().setUnit("micron");
        return stack;
    }

    private void segments(String name, ByteProcessor mask, String first, String second) throws IOException {
        StringBuilder text =
                new StringBuilder("NRRD0004\ntype: uchar\ndimension: 3\nencoding: ascii\nsizes: " + SIDE + " "
                        + SIDE + " 1\nSegment0_Name:=" + first + "\nSegment0_LabelValue:=1\nSegment1_Name:=" + second
                        + "\nSegment1_LabelValue:=2\n\n");
        for (int i = 0; i < SIDE * SIDE; i++) {
            text.append(mask.get(i)).append(' ');
        }
        Files.writeString(folder.resolve("masks/" + name), text);
    }

    /** Two people who drew the same, and numbered it as they came to it. */
    @Test
    void segmentsAreComparedByTheirNames() throws IOException {
        ColorProcessor picture = redGreenBlue();
        save("images/a.tif", new ImagePlus("a", picture));
        save("images/b.tif", new ImagePlus("b", picture));
        Files.createDirectories(folder.resolve("masks"));
        ByteProcessor one = square(5, 5, 10, 1);
        Squares.fill(one, 2, 20, 20, 8);
        segments("a.seg.nrrd", one, "class0", "CLASS1");
        ByteProcessor other = square(5, 5, 10, 2);
        Squares.fill(other, 1, 20, 20, 8);
        segments("b.seg.nrrd", other, "class1", "class0");
        ModelFolder model = FakeNetworks.model(Rule.TILE, 3, Kind.CLASSES, Optional.empty());
        EvaluationReport report = run(model, "");
        assertEquals(1, report.summary("class0", Measure.DICE).mean(), 1e-9);
        assertEquals(1, report.summary("class1", Measure.DICE).mean(), 1e-9);
        assertTrue(EvaluationPage.html(report).contains("classes by their names, whatever their numbers"));
        segments("b.seg.nrrd", other, "class1", "klass0");
        segments("a.seg.nrrd", other, "class1", "klass0");
        assertThrows(SamplesException.class, () -> run(model, ""));
        run(model, "mask_type=binary");
    }
}
