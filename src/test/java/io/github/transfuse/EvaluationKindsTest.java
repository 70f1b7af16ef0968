package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.view.EvaluationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        fill(pixels, value, x, y, side);
        return pixels;
    }

    private static void fill(ImageProcessor pixels, int value, int x, int y, int side) {
        pixels.setValue(value);
        pixels.setRoi(x, y, side, side);
        pixels.fill();
    }

    private EvaluationReport run(ModelFolder model, String more) throws IOException {
        Settings settings = Settings.parse(Task.EVALUATE, more)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"));
        try (TransFuse network = TransFuse.with(model, options -> new FakeNetworks.Times(2))) {
            return Evaluation.of(network, settings).run(EvaluationListener.NONE);
        }
    }

    /** Red is background; class 1 is green and half of its truth is left out; class 2 is blue and shifted by two. */
    @Test
    void classesAreScoredAloneAndWhatIsIgnoredCountsNowhere() throws IOException {
        ColorProcessor picture = new ColorProcessor(SIDE, SIDE);
        fill(picture, 0xff0000, 0, 0, SIDE);
        fill(picture, 0x00ff00, 5, 5, 10);
        fill(picture, 0x0000ff, 20, 20, 8);
        save("images/a.tif", new ImagePlus("a", picture));
        ByteProcessor mask = square(5, 5, 10, 1);
        fill(mask, 2, 22, 20, 8);
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
        fill(mask, 2, 12, 4, 4);
        fill(mask, 3, 30, 30, 6);
        save("masks/cells.tif", new ImagePlus("cells", mask));
        EvaluationReport report = run(
                FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()),
                "mask_type=instances threshold=0.7");
        CaseScore score = report.scores().get(0);
        assertEquals(3, score.objects().orElseThrow().truth());
        assertEquals(1, score.objects().orElseThrow().predicted());
        assertEquals(2.0 / 4, Measure.OBJECT_F1.of(score), 1e-9);
    }

    @Test
    void everyPlaneOfAStackIsARowInItsUnits() throws IOException {
        ImageStack planes = new ImageStack(SIDE, SIDE);
        planes.addSlice(square(5, 5, 10, 255));
        planes.addSlice(square(5, 5, 1, 255));
        ImagePlus stack = new ImagePlus("s", planes);
        stack.getCalibration().pixelWidth = 0.5;
        stack.getCalibration().pixelHeight = 0.5;
        stack.getCalibration().setUnit("micron");
        save("images/s.tif", stack);
        ImageStack truth = new ImageStack(SIDE, SIDE);
        truth.addSlice(square(5, 5, 10, 255));
        truth.addSlice(square(8, 9, 1, 255));
        save("masks/s.tif", new ImagePlus("s", truth));
        EvaluationReport report =
                run(FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), "threshold=0.7");
        assertEquals(
                List.of("s#1", "s#2"),
                report.scores().stream().map(CaseScore::image).toList());
        assertEquals(0, Measure.HD95.of(report.scores().get(0)));
        assertEquals(2.5, Measure.HD95.of(report.scores().get(1)), 1e-9);
        assertEquals("micron", report.unit());
        String csv = Files.readString(folder.resolve("out/evaluation.csv"));
        assertTrue(csv.contains("s#2,class0,"), csv);
    }
}
