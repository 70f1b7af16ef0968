package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes 0 and 1 is what the setting says, whatever the model says of the values. */
class ValueRangeRunTest {
    private static final List<Double> MEAN = List.of(0.5);
    private static final List<Double> STD = List.of(0.25);

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void pictures() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        gradient("dark.png", 10, 50);
        gradient("bright.png", 110, 230);
    }

    /** Values from {@code low} to {@code high}, each equally often at the ends. */
    private void gradient(String name, int low, int high) throws IOException {
        BufferedImage picture = new BufferedImage(41, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 41; x++) {
            for (int y = 0; y < 4; y++) {
                picture.getRaster().setSample(x, y, 0, low + (high - low) * x / 40);
            }
        }
        ImageIO.write(picture, "png", in.resolve(name).toFile());
    }

    private TransFuse model(Normalization.Kind kind, String settings) {
        ModelFolder plain = FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty());
        Normalization own = new Normalization(kind, MEAN, STD, 5, 95);
        ModelFolder model = new ModelFolder(plain.path(), plain.spec().withNormalization(own), plain.sha256());
        return FakeNetworks.open(model, options -> new FakeNetworks.Times(1))
                .settings(Settings.parse(settings).with("input", in).with("output", folder.resolve("out")));
    }

    /** What each file's values {@code low} and {@code high} become for the network, before mean and deviation of the model. */
    private Map<String, String> ends(TransFuse model, double low, double high) throws IOException {
        BatchRun.of(model).run(BatchListener.NONE);
        TreeMap<String, String> ends = new TreeMap<>();
        for (String name : List.of("bright", "dark")) {
            String record = Files.readString(folder.resolve("out/" + name + "-labels.json"));
            FittedNormalization numbers = FittedNormalization.fromJson(
                    JsonParser.parseString(record).getAsJsonObject().getAsJsonObject("normalization"));
            double scale = numbers.scale().get(0);
            double mean = numbers.mean().get(0) - MEAN.get(0);
            assertEquals(STD, numbers.std());
            ends.put(name, "%.3f %.3f".formatted(Math.abs(low * scale - mean), high * scale - mean));
        }
        return ends;
    }

    @Test
    void fixedRangesHoldForAllImagesOfAllModels() throws IOException {
        for (Normalization.Kind kind : List.of(Normalization.Kind.FIXED, Normalization.Kind.PERCENTILE)) {
            assertEquals(
                    "{bright=0.000 1.000, dark=0.000 1.000}",
                    ends(model(kind, "normalization=range:-20-300"), -20, 300).toString());
        }
    }

    @Test
    void percentilesAreThoseOfEachImage() throws IOException {
        for (Normalization.Kind kind : List.of(Normalization.Kind.FIXED, Normalization.Kind.PERCENTILE)) {
            String line = ends(model(kind, "normalization=0-100"), 110, 230).get("bright");
            assertEquals("0.000 1.000", line);
            assertEquals(
                    "0.000 1.000",
                    ends(model(kind, "normalization=0-100"), 10, 50).get("dark"));
            assertEquals(
                    "0.000 1.000",
                    ends(model(kind, "normalization=25-75"), 20, 40).get("dark"));
        }
    }

    @Test
    void aFolderHasOneRangeForAllOfItsFiles() throws IOException {
        Files.writeString(in.resolve("damaged.png"), "no picture");
        for (Normalization.Kind kind : List.of(Normalization.Kind.FIXED, Normalization.Kind.PERCENTILE)) {
            assertEquals(
                    "{bright=0.000 1.000, dark=0.000 1.000}",
                    ends(model(kind, "normalization=folder:0-100"), 10, 230).toString());
        }
    }

    @Test
    void autoIsTheModelsOwn() throws IOException {
        assertEquals(
                "{bright=0.000 1.000, dark=0.000 1.000}",
                ends(model(Normalization.Kind.FIXED, ""), 0, 255).toString());
        assertEquals(
                "0.000 1.000",
                ends(model(Normalization.Kind.PERCENTILE, ""), 12, 48).get("dark"));
    }

    @Test
    void modelsOfMeanAndDeviationTakeNoPercentiles() throws IOException {
        for (String value : List.of("1-99", "range:0-255")) {
            TransFuse model = model(Normalization.Kind.ZSCORE, "normalization=" + value);
            String message = assertThrows(SettingException.class, () -> model.segment(ArrayImgs.unsignedBytes(40, 30)))
                    .getMessage();
            assertTrue(message.contains(value) && message.contains("give folder"), message);
        }
        TransFuse model = model(Normalization.Kind.ZSCORE, "normalization=folder");
        BatchRun.of(model).run(BatchListener.NONE);
        String dark = Files.readString(folder.resolve("out/dark-labels.json"));
        FittedNormalization numbers = FittedNormalization.fromJson(
                JsonParser.parseString(dark).getAsJsonObject().getAsJsonObject("normalization"));
        assertEquals((30 + 170) / 2.0, numbers.mean().get(0), 1e-9);
    }

    @Test
    void anImageAloneIsNoFolderAndThatIsTold() throws IOException {
        Segmentation result =
                model(Normalization.Kind.FIXED, "normalization=folder").segment(ArrayImgs.unsignedBytes(40, 30));
        assertTrue(
                result.provenance().notes().stream().anyMatch(note -> note.contains("this image alone")),
                result.provenance().notes()::toString);
    }

    /** Another file changes the range, and so every result. */
    @Test
    void goingOnWithAFolderSeesThatTheRangeChanged() throws IOException {
        String settings = "skip_existing normalization=folder:0-100";
        BatchRun.of(model(Normalization.Kind.FIXED, settings)).run(BatchListener.NONE);
        assertEquals(
                2,
                BatchRun.of(model(Normalization.Kind.FIXED, settings))
                        .run(BatchListener.NONE)
                        .kept());
        gradient("darkest.png", 0, 40);
        List<String> again = new ArrayList<>();
        BatchRun.of(model(Normalization.Kind.FIXED, settings)).run(new BatchListener() {
            @Override
            public void again(Path input, String reason) {
                again.add(input.getFileName() + ": " + reason);
            }
        });
        String reason = ": the range of values of the whole folder has changed";
        assertEquals(List.of("bright.png" + reason, "dark.png" + reason), again);
    }
}
