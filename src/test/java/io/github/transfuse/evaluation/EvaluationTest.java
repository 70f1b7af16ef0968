package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.segmentation.NetworkHolder;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.view.EvaluationPage;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** bf16 sees nothing above the threshold. */
    private EvaluationReport run(Settings settings) throws IOException {
        NetworkHolder.Opener opener =
                options -> new FakeNetworks.Times(options.precision() == Precision.BF16 ? 0.1f : 2);
        try (TransFuse network = FakeNetworks.open(model, opener)) {
            return Evaluation.of(network, settings, Device.CPU::equals).run(EvaluationListener.NONE);
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
    void automaticPrecisionRecordsTheAgreementOfBf16() throws IOException {
        run(settings().with("precision", "auto"));
        String json = Files.readString(folder.resolve("model/model.json"));
        // Without any foreground, bf16 agrees on the empty image only
        assertTrue(json.contains("\"bf16_n\": 3"), json);
        assertTrue(json.contains("\"bf16_dice\": 0.333"), json);
        assertTrue(json.contains("\"bf16_score_name\": \"object F1@0.5\""), json);
    }

    @Test
    void missingFoldersAreRefused() {
        SettingException refused = assertThrows(SettingException.class, () -> run(Settings.evaluating()));
        assertTrue(refused.getMessage().contains("output"), refused.getMessage());
    }
}
