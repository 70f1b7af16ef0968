package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.model.PrecisionRecord;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.view.EvaluationPage;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network's logits are the pixels times a factor, so white is foreground and every score is known by hand. */
class EvaluationTest {
    @TempDir
    Path folder;

    private ModelFolder model;

    @BeforeEach
    void pairs() throws IOException {
        ModelFolder fake = FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty());
        model = new ModelFolder(Files.createDirectories(folder.resolve("model")), fake.spec(), fake.sha256());
        square("images/half.png", 10, 10, 10);
        square("masks/half.png", 15, 10, 10);
        square("images/far.png", 5, 5, 1);
        square("masks/far_mask.png", 8, 9, 1);
        square("images/none.png", 0, 0, 0);
        square("masks/none.png", 0, 0, 0);
    }

    private void square(String name, int x, int y, int side) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        Graphics graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x, y, side, side);
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private Settings settings() {
        return Settings.evaluating()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"))
                .with("threshold", 0.7);
    }

    private EvaluationReport run(Settings settings) throws IOException {
        return run(settings, new FakeFormats());
    }

    private EvaluationReport run(Settings settings, Formats formats) throws IOException {
        try (TransFuse network = FakeNetworks.open(model, FakeFormats::network)) {
            return Evaluation.of(network, settings, formats).run(EvaluationListener.NONE);
        }
    }

    /** bf16 sees nothing above the threshold; int8 sees what float32 sees. */
    private static class FakeFormats implements Formats {
        private final List<ModelFolder> opened = new ArrayList<>();
        private int watched;

        static Network network(NetworkOptions options) {
            return new FakeNetworks.Times(options.precision() == Precision.BF16 ? 0.1f : 2);
        }

        @Override
        public boolean isFastInBf16(Device device) {
            return device.equals(Device.CPU);
        }

        @Override
        public WatchedNetwork watch(ModelFolder model) {
            return new Watched(new FakeNetworks.Times(2));
        }

        @Override
        public TransFuse open(ModelFolder model) {
            opened.add(model);
            return FakeNetworks.open(model, FakeFormats::network);
        }

        private final class Watched implements WatchedNetwork {
            private final Network network;

            Watched(Network network) {
                this.network = network;
            }

            @Override
            public NetworkInfo info() {
                return network.info();
            }

            @Override
            public Batch predict(Batch tiles) {
                watched += tiles.shape()[0];
                return network.predict(tiles);
            }

            @Override
            public ActivationRanges ranges() {
                return new ActivationRanges(List.of(new ActivationRanges.Range(0, watched)));
            }

            @Override
            public void close() {
                network.close();
            }
        }
    }

    @Test
    void scoresAreThoseOfTheDefinitions() throws IOException {
        EvaluationReport report = run(settings());
        assertEquals(
                List.of("far", "half", "none"),
                report.scores().stream().map(CaseScore::image).toList());
        CaseScore far = report.scores().get(0);
        assertEquals(0, Measure.DICE.of(far), 1e-3);
        assertEquals(5, Measure.HD95.of(far), 1e-6);
        assertEquals(5, Measure.ASSD.of(far), 1e-6);
        CaseScore half = report.scores().get(1);
        assertEquals(100.001 / 200.001, Measure.DICE.of(half), 1e-9);
        assertEquals(50.0 / 150, Measure.IOU.of(half), 1e-9);
        assertEquals(0.5, Measure.PRECISION.of(half), 1e-9);
        assertEquals(0, Measure.OBJECT_F1.of(half), 1e-9);
        CaseScore none = report.scores().get(2);
        assertEquals(1, Measure.DICE.of(none), 1e-9);
        assertEquals(Double.NaN, Measure.HD95.of(none), "there is no surface");
        assertEquals(1, Measure.OBJECT_F1.of(none), 1e-9);
        assertEquals(0.5, report.summary("class0", Measure.DICE).mean(), 1e-3);
        assertEquals(3, report.summary("class0", Measure.DICE).n());
        assertEquals(4, Files.readAllLines(folder.resolve("out/evaluation.csv")).size());
        assertTrue(report.model().spec().history().checks().isEmpty(), "only precision=auto changes a model");
    }

    @Test
    void oneBadPairIsToldAndTheOthersAreScored() throws IOException {
        Files.writeString(folder.resolve("images/half.png"), "no picture");
        EvaluationReport report = run(settings());
        assertEquals(2, report.scores().size());
        assertEquals(1, report.failures().size());
        assertTrue(EvaluationPage.html(report).contains("Not evaluated"));
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        EvaluationReport report = run(settings());
        String html = EvaluationPage.html(report);
        assertFalse(html.contains("http") || html.contains("<link") || html.contains("<script"));
        assertEquals(html.split("src=\"", -1).length, html.split("src=\"data:image/png;base64,", -1).length);
        assertEquals("far", report.pictures().worst().get(0).preview().name());
        assertEquals("none", report.pictures().best().get(0).preview().name());
    }

    @Test
    void automaticPrecisionRecordsTheAgreementOfEachFormat() throws IOException {
        FakeFormats formats = new FakeFormats();
        EvaluationReport report = run(settings().with("precision", "auto"), formats);
        JsonObject checks = JsonParser.parseString(Files.readString(folder.resolve("model/model.json")))
                .getAsJsonObject()
                .getAsJsonObject("checks");
        // Without any foreground, bf16 agrees on the empty image only
        PrecisionRecord bf16 = PrecisionRecord.of(PrecisionRecord.BF16, checks).orElseThrow();
        assertEquals(3, bf16.images());
        assertEquals(1 / 3.0, bf16.dice(), 1e-3);
        assertEquals("object F1@0.5", bf16.score().orElseThrow().name());
        PrecisionRecord int8 = PrecisionRecord.of(PrecisionRecord.INT8, checks).orElseThrow();
        assertEquals(3, int8.images());
        assertEquals(1, int8.dice(), 1e-9);
        assertEquals(
                bf16.score().orElseThrow().exact(), int8.score().orElseThrow().rounded(), 1e-9);
        assertEquals(
                report.summary("class0", Measure.OBJECT_F1).mean(),
                int8.score().orElseThrow().exact(),
                1e-9);
        ActivationRanges ranges = new ActivationRanges(List.of(new ActivationRanges.Range(0, formats.watched)));
        assertTrue(formats.watched >= 3, "each of the three images was calibrated with");
        assertEquals(Optional.of(ranges), ActivationRanges.of(checks));
        assertEquals(
                Optional.of(ranges),
                ActivationRanges.of(formats.opened.get(0).spec().history().checks()),
                "int8 was computed by them");
        assertTrue(
                report.notes().stream().anyMatch(note -> note.startsWith("int8 check: Dice 1.00000")),
                () -> report.notes().toString());
    }

    /** Of volumes, on GPUs. */
    @Test
    void whatCannotBeComputedInInt8IsToldAndTheRestIsRecorded() throws IOException {
        EvaluationReport report = run(settings().with("precision", "auto"), new FakeFormats() {
            @Override
            public WatchedNetwork watch(ModelFolder model) {
                throw new IllegalArgumentException("int8 is not for this.");
            }
        });
        assertTrue(report.notes().contains("No int8 check: int8 is not for this."), () -> report.notes()
                .toString());
        JsonObject checks = report.model().spec().history().checks();
        assertTrue(checks.has("bf16_dice"), checks.toString());
        assertFalse(checks.toString().contains("int8"), checks.toString());
    }

    /** It is told with its pair, and the others calibrate and are checked. */
    @Test
    void anImageThatCannotBeSegmentedEndsNoCheck() throws IOException {
        Files.writeString(folder.resolve("images/half.png"), "no picture");
        FakeFormats formats = new FakeFormats() {
            @Override
            public WatchedNetwork watch(ModelFolder model) {
                return failsFirst(super.watch(model));
            }
        };
        EvaluationReport report = run(settings().with("precision", "auto"), formats);
        assertEquals(1, report.failures().size());
        PrecisionRecord int8 = PrecisionRecord.of(
                        PrecisionRecord.INT8, report.model().spec().history().checks())
                .orElseThrow();
        assertEquals(2, int8.images());
        assertEquals(1, int8.dice(), 1e-9);
    }

    private static WatchedNetwork failsFirst(WatchedNetwork network) {
        AtomicBoolean failed = new AtomicBoolean();
        return (WatchedNetwork) Proxy.newProxyInstance(
                EvaluationTest.class.getClassLoader(),
                new Class<?>[] {WatchedNetwork.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("predict") && !failed.getAndSet(true)) {
                        throw new IllegalArgumentException("too few channels");
                    }
                    return method.invoke(network, given);
                });
    }

    /** One format must not be compared on other images than the next. */
    @Test
    void anImageThatFailsInOneFormatCountsInNone() throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        EvaluationReport report = run(settings().with("precision", "auto"), new FakeFormats() {
            @Override
            public TransFuse open(ModelFolder calibrated) {
                return FakeNetworks.open(calibrated, options -> new FakeNetworks.Times(2) {
                    @Override
                    public Batch predict(Batch tiles) {
                        if (!failed.getAndSet(true)) {
                            throw new IllegalStateException("a fault");
                        }
                        return super.predict(tiles);
                    }
                });
            }
        });
        assertEquals(1, report.failures().size());
        JsonObject checks = report.model().spec().history().checks();
        for (String format : List.of(PrecisionRecord.BF16, PrecisionRecord.INT8)) {
            PrecisionRecord record = PrecisionRecord.of(format, checks).orElseThrow();
            assertEquals(2, record.images(), format);
            assertTrue(record.score().isPresent(), format);
        }
    }

    @Test
    void aCalibrationWithoutAnyImageRecordsNothing() throws IOException {
        for (String image : List.of("half", "far", "none")) {
            Files.writeString(folder.resolve("images/" + image + ".png"), "no picture");
        }
        EvaluationReport report = run(settings().with("precision", "auto"));
        assertTrue(report.notes().contains("No int8 check: no image can be read."), () -> report.notes()
                .toString());
        assertTrue(report.model().spec().history().checks().isEmpty());
    }

    @Test
    void missingFoldersAreRefused() {
        SettingException refused = assertThrows(SettingException.class, () -> run(Settings.evaluating()));
        assertTrue(refused.getMessage().contains("output"), refused.getMessage());
    }
}
