package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlannerTest {
    @TempDir
    Path folder;

    /** Images of one size, and masks whose pixels run through the values. */
    /** Pictures whose masks have stripes of these values, of one pixel. */
    private void write(int count, int width, int height, int... values) throws IOException {
        writeStriped(count, 1, width, height, values);
    }

    private void writeStriped(int count, int stripe, int width, int height, int... values) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (int n = 0; n < count; n++) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", folder.resolve("images/i" + n + ".png").toFile());
            BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < width * height; i++) {
                int value = values[i % width / stripe % values.length];
                mask.getRaster().setSample(i % width, i / width, 0, value);
            }
            ImageIO.write(mask, "png", folder.resolve("masks/i" + n + ".png").toFile());
        }
    }

    private TrainingPlan plan(String settings) throws IOException {
        return TrainingPlanner.plan(settings(settings));
    }

    private Settings settings(String text) {
        return Settings.parse(Task.TRAIN, text)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("my model"));
    }

    @Test
    void smallPicturesAreSeenWholeInTheirAspectRatio() throws IOException {
        writeStriped(4, 40, 400, 200, 0, 255);
        TrainingPlan plan = plan("start_from=imagenet");
        assertEquals(InputSpec.Rule.RESIZE, plan.spec().input().rule());
        assertEquals(List.of(160, 320), plan.spec().input().size());
        assertEquals(1, plan.spec().network().classes());
        assertEquals(3, plan.spec().network().channels());
        assertEquals(Variant.T, plan.spec().network().variant());
        assertEquals("binary", plan.data().meaning().type());
        assertEquals("my-model", plan.spec().identity().name());
        assertEquals(2, plan.schedule().batchSize());
        assertEquals(200, plan.schedule().epochs());
    }

    @Test
    void largePicturesAreCutIntoTiles() throws IOException {
        write(2, 1200, 40, 0, 1);
        TrainingPlan plan = plan("overlap=0.25");
        assertEquals(InputSpec.Rule.TILE, plan.spec().input().rule());
        assertEquals(List.of(256, 256), plan.spec().input().size());
        assertEquals(0.25, plan.spec().input().overlap());
    }

    @Test
    void severalValuesAreClassesWithoutTheIgnored() throws IOException {
        write(2, 64, 64, 0, 1, 2, 3, 255);
        TrainingPlan plan = plan("ignore_label=255");
        assertEquals("classes", plan.data().meaning().type());
        assertEquals(4, plan.spec().network().classes());
        assertEquals(3, plan.spec().output().classes().size());
        assertEquals(Optional.of(255), plan.data().meaning().ignoreLabel());
    }

    @Test
    void instancesAreLearnedWithTheirBoundaries() throws IOException {
        write(2, 64, 64, 0, 1, 2, 3);
        TrainingPlan plan = plan("mask_type=instances pixel_size=0.5");
        assertEquals(3, plan.spec().network().classes());
        assertEquals(OutputSpec.Kind.BOUNDARY_INSTANCES, plan.spec().output().kind());
        assertEquals(OutputSpec.USUAL_SPLIT_DEPTH, plan.spec().output().splitDepth());
        assertEquals(0, plan("mask_type=classes").spec().output().splitDepth());
        assertEquals(
                Optional.of(List.of(0.5, 0.5)), plan.spec().input().sampling().pixelSize());
        assertEquals(
                Normalization.Kind.PERCENTILE,
                plan.spec().input().normalization().kind());
    }

    /** A training is as long whatever its images are: the slices of a stack and the tiles of a picture are its examples. */
    @Test
    void slicesAndTilesAreExamples() throws IOException {
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(kind));
            ImagePlus stack = IJ.createImage("stack", "8-bit black", 64, 48, 1, 20, 2);
            for (int n = 1; n <= stack.getStackSize(); n++) {
                stack.getStack().getProcessor(n).set(8, 8, 255);
            }
            new FileSaver(stack).saveAsTiff(folder.resolve(kind + "/s.tif").toString());
        }
        assertEquals(16, plan("input_rule=resize").schedule().batchSize());
        assertEquals(200, plan("input_rule=resize").schedule().epochs());
        assertEquals(
                90, plan("input_rule=resize batch_size=4").schedule().epochs(), "900 steps of 4 of the 2 x 20 slices");
        assertEquals(23, plan("input_rule=resize batch_size=1").schedule().epochs());
        write(18, 1024, 512, 0, 255);
        Files.delete(folder.resolve("images/s.tif"));
        Files.delete(folder.resolve("masks/s.tif"));
        assertEquals(100, plan("input_rule=tile").schedule().epochs(), "900 steps of 16 of the 18 x 8 tiles");
    }

    /** Widths of stripes, and how images of 512 x 512 are then seen: at 224 x 224 they are 0.44 times as wide. */
    @ParameterizedTest
    @CsvSource({"64, RESIZE, 0", "16, RESIZE, 0", "13, TILE, 0", "4, TILE, 0", "2, TILE, 0.5"})
    void thinStructuresAreSeenTileByTile(int stripe, InputSpec.Rule rule, double pixelSize) throws IOException {
        writeStriped(3, stripe, 512, 512, 0, 255);
        TrainingPlan plan = plan("start_from=imagenet");
        InputSpec input = plan.spec().input();
        assertEquals(rule, input.rule());
        assertEquals(rule == InputSpec.Rule.TILE ? 4 : 1, plan.schedule().batchSize());
        assertEquals(
                pixelSize > 0 ? Optional.of(List.of(pixelSize, pixelSize)) : Optional.empty(),
                input.sampling().pixelSize());
        assertEquals("pixel", input.sampling().unit());
        String reason =
                TrainingPlanner.of(settings("start_from=imagenet")).reason().orElseThrow();
        assertTrue(
                reason.contains(
                        rule == InputSpec.Rule.RESIZE ? "seen whole." : pixelSize > 0 ? "at twice" : "at their full"),
                reason);
    }

    /** Objects are always seen tile by tile, which anyone expects, but not at twice their size. */
    @Test
    void tinyObjectsAreEnlargedWithAWord() throws IOException {
        writeStriped(3, 2, 512, 512, 0, 255);
        Settings objects = settings("start_from=imagenet mask_type=instances");
        assertEquals(
                Optional.of(List.of(0.5, 0.5)),
                TrainingPlanner.plan(objects).spec().input().sampling().pixelSize());
        assertEquals(
                Optional.of("Objects are about 2.0 pixels wide: images are seen tile by tile at twice their size."),
                TrainingPlanner.of(objects).reason());
        writeStriped(3, 64, 512, 512, 0, 255);
        assertEquals(Optional.empty(), TrainingPlanner.of(objects).reason());
    }

    @ParameterizedTest
    @CsvSource({"500, RESIZE", "40, TILE"})
    void largePicturesAreSeenWholeWhereAreasAreWide(int stripe, InputSpec.Rule rule) throws IOException {
        writeStriped(2, stripe, 1500, 1000, 0, 255);
        assertEquals(rule, plan("start_from=imagenet").spec().input().rule());
    }

    /** As for one foreground: the thinnest class decides, which is told. */
    @ParameterizedTest
    @CsvSource({
        "64,512,RESIZE,0,whole",
        "8,512,TILE,0,full size",
        "2,512,TILE,0.5,twice",
        "500,1500,RESIZE,0,whole",
        "50,1500,TILE,0,full size"
    })
    void theThinnestOfSeveralClassesDecides(int stripe, int side, InputSpec.Rule rule, double pixelSize, String reason)
            throws IOException {
        writeStriped(2, stripe, side, side, 0, 100, 200);
        InputSpec input = plan("start_from=imagenet").spec().input();
        assertEquals(rule, input.rule());
        assertEquals(
                pixelSize > 0 ? Optional.of(List.of(pixelSize, pixelSize)) : Optional.empty(),
                input.sampling().pixelSize());
        String told =
                TrainingPlanner.of(settings("start_from=imagenet")).reason().orElseThrow();
        assertTrue(told.startsWith("Class ") || told.startsWith("The background between"), told);
        assertTrue(told.contains(reason), told);
    }

    @Test
    void neighboursBecomeChannels() throws IOException {
        write(2, 64, 64, 0, 255);
        TrainingPlan plan = plan("mode=context context_slices=5");
        assertEquals(15, plan.spec().network().channels());
        assertEquals(3, plan.spec().imageChannels());
        assertEquals(2, plan.spec().input().sampling().context());
        assertEquals(
                0,
                plan("mode=slices context_slices=5").spec().input().sampling().context());
        assertThrows(SettingException.class, () -> plan("mode=context context_slices=4"));
    }

    /** The mode is that of the model to start from, although nobody asks for it. */
    @Test
    void aModelOfVolumesIsFineTunedInSmallBatches() throws IOException {
        write(20, 40, 40, 0, 255);
        assertEquals(10, plan("input_rule=resize").schedule().batchSize(), "half of the images");
        TrainingPlan tuned = plan("start_from=hippocampus");
        assertEquals(InputSpec.Mode.VOLUME, tuned.spec().input().sampling().mode());
        assertEquals(4, tuned.schedule().batchSize());
        assertEquals(4, plan("start_from=hippocampus mode=auto").schedule().batchSize());
        assertEquals(4, plan("mode=volume").schedule().batchSize());
        assertEquals(6, plan("start_from=hippocampus batch_size=6").schedule().batchSize());
        String message = assertThrows(SettingException.class, () -> plan("start_from=hippocampus mode=slices"))
                .getMessage();
        assertTrue(message.contains("mode=slices") && message.contains("start_from=hippocampus"), message);
    }

    @Test
    void theDefaultStartIsThatOfTheJarWhereItFits() throws IOException {
        write(4, 40, 40, 0, 255);
        for (String settings : List.of("", "start_from=auto", "start_from=[]")) {
            assertEquals(TrainingPlan.Origin.GENERAL, plan(settings).start().origin(), settings);
        }
        for (String settings : List.of("mode=volume", "variant=T3D")) {
            assertEquals(TrainingPlan.Origin.IMAGENET, plan(settings).start().origin(), settings);
        }
        TrainingPlan random = plan("start_from=RANDOM");
        assertEquals(TrainingPlan.Start.random(), random.start());
        assertEquals(
                "The training starts from random weights.",
                random.start().sentence(random.spec().network().variant()));
        for (String variant : List.of("S", "L", "L384")) {
            TrainingPlan large = plan("variant=" + variant);
            assertEquals(TrainingPlan.Origin.RANDOM, large.start().origin());
            String told = large.start().sentence(large.spec().network().variant());
            assertTrue(told.contains("random weights: the pretrained branches"), told);
        }
        TrainingPlan.Start tuned = plan("start_from=skin-lesion").start();
        assertEquals(TrainingPlan.Origin.MODEL, tuned.origin());
        assertTrue(tuned.path().isPresent());
    }

    @Test
    void aFolderOfBranchesGoesBeforeThoseOfTheJarAndWithNothingElse() throws IOException {
        write(4, 40, 40, 0, 255);
        TrainingPlan.Start start = plan("backbones=mine").start();
        assertEquals(new TrainingPlan.Start(TrainingPlan.Origin.FOLDER, Optional.of(Path.of("mine")), false), start);
        for (String other : List.of("random", "skin-lesion")) {
            String message = assertThrows(SettingException.class, () -> plan("backbones=mine start_from=" + other))
                    .getMessage();
            assertTrue(message.contains("backbones=mine") && message.contains("start_from=" + other), message);
        }
    }

    @Test
    void planesOfVolumesAreTilesThatHoldTheVolume() throws IOException {
        write(2, 70, 40, 0, 255);
        InputSpec input = plan("mode=triplanar").spec().input();
        assertEquals(InputSpec.Rule.TILE, input.rule());
        assertEquals(InputSpec.Mode.TRIPLANAR, input.sampling().mode());
        assertEquals(List.of(80, 80), input.size());
        SettingException resized = assertThrows(SettingException.class, () -> plan("mode=triplanar input_rule=resize"));
        assertTrue(resized.getMessage().contains("input_rule=tile"), resized.getMessage());
    }

    @Test
    void thePixelSizeOfUncalibratedImagesIsInPixels() throws IOException {
        write(2, 64, 64, 0, 255);
        assertEquals("pixel", plan("pixel_size=0.5").spec().input().sampling().unit());
    }

    @Test
    void thePixelSizeOfCalibratedTilesIsTheirMedian() throws IOException {
        write(3, 64, 64, 0, 255);
        calibrate("i0.png", "micron", 0.5);
        calibrate("i1.png", "micron", 0.65);
        calibrate("i2.png", "micron", 0.65);
        InputSpec.Sampling tiles = plan("input_rule=tile").spec().input().sampling();
        assertEquals(0.65, tiles.pixelSize().orElseThrow().get(1), 1e-6);
        assertEquals("micron", tiles.unit());
        assertEquals(
                Optional.empty(),
                plan("input_rule=resize").spec().input().sampling().pixelSize());
        calibrate("i2.png", "inch", 1 / 72.0);
        calibrate("i1.png", "inch", 1 / 72.0);
        tiles = plan("input_rule=tile").spec().input().sampling();
        assertEquals(Optional.empty(), tiles.pixelSize(), "72 dpi say nothing about a picture");
    }

    /** Replaces an image by a TIFF of the same pixels that knows their size. */
    private void calibrate(String name, String unit, double size) throws IOException {
        Path png = folder.resolve("images").resolve(name);
        Path tiff = folder.resolve("images").resolve(name.replace(".png", ".tif"));
        ImagePlus image = IJ.openImage((Files.exists(png) ? png : tiff).toString());
        image.getCalibration().setUnit(unit);
        image.getCalibration().pixelWidth = size;
        image.getCalibration().pixelHeight = size;
        new FileSaver(image).saveAsTiff(tiff.toString());
        Files.deleteIfExists(png);
    }

    @Test
    void classesDrawnFromRoisHaveTheNamesOfTheRois() throws IOException {
        for (int n = 0; n < 2; n++) {
            ImagePlus image = IJ.createImage("rois", "RGB", 64, 64, 1);
            Overlay overlay = new Overlay();
            overlay.add(new Roi(4, 4, 20, 20), "vessel");
            overlay.add(new Roi(30, 30, 20, 20), "lumen");
            image.setOverlay(overlay);
            Files.createDirectories(folder.resolve("images"));
            new FileSaver(image)
                    .saveAsTiff(folder.resolve("images/r" + n + ".tif").toString());
        }
        TrainingPlan plan = TrainingPlanner.plan(Settings.training()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("images"))
                .with("output", folder.resolve("model")));
        assertEquals(
                List.of("lumen", "vessel"),
                plan.spec().output().classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .toList());
        assertEquals(3, plan.spec().network().classes());
    }

    /** The same squares as classes, and as objects. */
    @Test
    void filesOfShapesAreMasks() throws IOException {
        write(2, 64, 64, 0, 255);
        for (int n = 0; n < 2; n++) {
            Files.delete(folder.resolve("masks/i" + n + ".png"));
            StringBuilder text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
            for (String name : List.of("vessel", "lumen")) {
                int at = name.equals("vessel") ? 4 : 30;
                text.append(at > 4 ? "," : "")
                        .append("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[")
                        .append(
                                "[AT,AT],[50,AT],[50,50],[AT,50],[AT,AT]]]},\"properties\":{\"classification\":{\"name\":"
                                        .replace("AT", Integer.toString(at)))
                        .append("\"" + name + "\"}}}");
            }
            Files.writeString(folder.resolve("masks/i" + n + ".geojson"), text.append("]}"));
        }
        TrainingPlan classes = plan("");
        assertEquals(
                List.of("lumen", "vessel"),
                classes.spec().output().classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .toList());
        assertEquals("classes", classes.data().meaning().type());
        TrainingPlan objects = plan("mask_type=instances");
        assertEquals(OutputSpec.Kind.BOUNDARY_INSTANCES, objects.spec().output().kind());
        assertEquals("object", objects.spec().output().classes().get(0).name());
        TrainingProposal proposal = TrainingProposal.of(
                Settings.training().with("images", folder.resolve("images")).with("masks", folder.resolve("masks")));
        assertTrue(
                proposal.sentences()
                        .contains("Masks: values are class indices 0 to 2; from 1 on they are lumen, vessel."),
                proposal.sentences().toString());
    }

    @Test
    void masksInColoursAreClasses() throws IOException {
        write(2, 64, 64, 0, 255);
        int[] colors = {0x000000, 0xff0000, 0x00ff00, 0x0000ff};
        for (int n = 0; n < 2; n++) {
            BufferedImage mask = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 64 * 64; i++) {
                mask.setRGB(i % 64, i / 64, colors[i / 64 * 4 / 64]);
            }
            ImageIO.write(mask, "png", folder.resolve("masks/i" + n + ".png").toFile());
        }
        TrainingPlan plan = plan("");
        assertEquals("classes", plan.data().meaning().type());
        assertEquals(4, plan.spec().network().classes());
    }

    @Test
    void normalizationAndRateScheduleAreTaken() throws IOException {
        write(2, 64, 64, 0, 255);
        TrainingPlan plan = plan("normalization=zscore rate_schedule=constant averaging=0.99");
        assertEquals(
                Normalization.Kind.ZSCORE, plan.spec().input().normalization().kind());
        assertFalse(plan.schedule().rate().cosine());
        assertEquals(0.99, plan.execution().averaging());
        String message = assertThrows(SettingException.class, () -> plan("normalization=imagenet channels=1"))
                .getMessage();
        assertTrue(message.contains("3 channels"), message);
    }

    @Test
    void asksWhatManyValuesMean() throws IOException {
        int[] many = new int[40];
        Arrays.setAll(many, i -> i);
        write(2, 64, 64, many);
        String message = assertThrows(SamplesException.class, () -> plan("")).getMessage();
        assertTrue(message.contains("mask_type") && message.contains("40"), message);
    }

    private int patience(String settings) throws IOException {
        return plan(settings).schedule().patience();
    }

    @Test
    void givenValuesAreTaken() throws IOException {
        write(3, 64, 48, 0, 255);
        TrainingPlan plan = plan("variant=S input_rule=tile tile_size=128x96 epochs=7 batch_size=5 learning_rate=0.001"
                + " channels=2,1 patience=4 seed=9 augment=none resume device=cpu precision=bf16");
        assertEquals(List.of(96, 128), plan.spec().input().size());
        assertEquals(Variant.S, plan.spec().network().variant());
        assertEquals(2, plan.spec().network().channels());
        assertEquals(List.of(2, 1), plan.data().channels());
        assertEquals(7, plan.schedule().epochs());
        assertEquals(5, plan.schedule().batchSize());
        assertEquals(0.001, plan.schedule().rate().head());
        assertEquals(9, plan.schedule().seed());
        assertEquals(4, plan.schedule().patience());
        assertEquals(34, patience("epochs=100"), "a third");
        assertEquals(33, patience("epochs=99"));
        assertEquals(10, patience("epochs=12"), "but enough to see something");
        assertEquals(0, patience("epochs=12 patience=0"));
        assertEquals(Set.of(), plan.execution().augmentations());
        assertTrue(plan.start().resume());
    }

    /** Slices of sagittal scans stay slices; a network of volumes sees them along RAS unless their voxels are thick. */
    @Test
    void newModelsSeeVolumesAlongTheAxesOfTheBody() throws IOException {
        StoredVolume.Turn sagittal = new StoredVolume.Turn(new int[] {1, 2, 0}, new boolean[] {false, false, true});
        StoredVolume scan = StoredVolume.ras(64, 48, 40).placed(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
        store(scan.along(sagittal), "a");
        store(scan.along(sagittal), "b");
        InputSpec volumes = plan("mode=volume").spec().input();
        assertEquals(Optional.of("RAS"), volumes.sampling().orientation());
        assertEquals(List.of(40, 48, 64), volumes.size(), "z, y, x along RAS");
        InputSpec slices = plan("mode=slices").spec().input();
        assertEquals(Optional.of("ASR"), slices.sampling().orientation());
        assertEquals(
                Optional.of("RAS"),
                plan("mode=triplanar").spec().input().sampling().orientation());
        assertEquals(
                Optional.of("RAS"),
                plan("start_from=hippocampus").spec().input().sampling().orientation());

        StoredVolume thick = scan.placed(4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
        store(thick.along(sagittal), "a");
        store(thick, "b");
        InputSpec along = plan("mode=volume").spec().input();
        assertEquals(Optional.of("ASR"), along.sampling().orientation());
        assertEquals(Optional.of(List.of(4.0, 1.0, 1.0)), along.sampling().pixelSize());

        for (String name : List.of("a", "b")) {
            Files.write(
                    folder.resolve("images/" + name + ".nii"),
                    scan.nifti().putShort(254, (short) 0).array());
        }
        assertEquals(
                Optional.empty(), plan("mode=volume").spec().input().sampling().orientation());
    }

    private void store(StoredVolume volume, String name) throws IOException {
        volume.write(folder.resolve("images"), name, StoredVolume.Kind.NIFTI);
        double[] half = new double[volume.voxels().length];
        Arrays.fill(half, 0, half.length / 2, 1);
        volume.with(half).write(folder.resolve("masks"), name, StoredVolume.Kind.NIFTI);
    }
}
