package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingProposalTest {
    private static final int COUNT = 12;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (int n = 0; n < COUNT; n++) {
            BufferedImage image = new BufferedImage(320, 160, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(320, 160, BufferedImage.TYPE_BYTE_GRAY);
            for (BufferedImage picture : List.of(image, mask)) {
                Graphics2D graphics = picture.createGraphics();
                graphics.setColor(Color.WHITE);
                graphics.fillOval(100 + 5 * n, 40, 90, 70);
                graphics.dispose();
            }
            save(image, "images", n);
            save(mask, "masks", n);
        }
    }

    private void save(BufferedImage picture, String part, int n) throws IOException {
        Files.createDirectories(folder.resolve(part));
        ImageIO.write(
                picture, "png", folder.resolve(part).resolve("i" + n + ".png").toFile());
    }

    private Settings settings(String text) {
        return Settings.parse(Task.TRAIN, text)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"));
    }

    @Test
    void aWindowForPicturesIsDoubted() throws IOException {
        String told = TransFuse.propose(settings("window=lung")).sentences().toString();
        assertTrue(told.contains("The window from -1350 to 150 is for the values of CT"), told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "input_rule=tile", "mask_type=instances", "channels=2 epochs=3", "normalization=zscore"})
    void whatIsProposedIsWhatAutoTakes(String asked) throws IOException {
        Settings open = settings(asked).with("output", folder.resolve("model"));
        TrainingPlan automatic = TrainingPlanner.plan(open);
        Settings proposed = TransFuse.propose(open).settings();
        TrainingPlan spelledOut = TrainingPlanner.plan(proposed);
        assertEquals(automatic.spec(), spelledOut.spec());
        assertEquals(automatic.schedule(), spelledOut.schedule());
        assertEquals(automatic.data().meaning(), spelledOut.data().meaning());
        for (OptionalKey<?> key : List.of(
                Keys.EPOCHS, Keys.BATCH_SIZE, Keys.MASK_TYPE, Keys.CHANNELS, Keys.NORMALIZATION, Keys.INPUT_RULE)) {
            assertTrue(proposed.has(key), key + " is left open");
        }
    }

    @Test
    void saysWhatWasFoundAndHowMuchMemoryItTakes() throws IOException {
        List<String> sentences =
                TransFuse.propose(settings("precision=float32")).sentences();
        assertTrue(
                sentences.get(0).contains("median size 320 x 160, 3 channel(s); masks: binary."), sentences.toString());
        assertTrue(
                sentences.stream()
                        .anyMatch(said ->
                                said.matches("It takes about \\d+\\.\\d GiB of memory in float32; .* are free\\.")),
                sentences.toString());
    }

    @Test
    void needsNoOutputAndWritesNothing() throws IOException {
        TransFuse.propose(settings(""));
        TransFuse.augmentedSamples(settings(""));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void samplesAreTheExamplesVariedTogetherWithTheirTruth() throws IOException {
        List<Preview> samples = TransFuse.augmentedSamples(settings("augment=flip,rotate seed=3 start_from=random"));
        assertEquals(12, samples.size());
        for (Preview sample : samples) {
            assertEquals(160 * 320, sample.rgb().length);
            int agreeing = 0;
            for (int i = 0; i < sample.rgb().length; i++) {
                boolean white = (sample.rgb()[i] & 0xFF) > 127;
                agreeing += white == (sample.truth()[i] == 1) ? 1 : 0;
            }
            assertTrue(agreeing > 0.97 * sample.rgb().length, sample.name() + ": " + agreeing);
        }
        assertFalse(Arrays.equals(samples.get(0).rgb(), samples.get(4).rgb()));
        List<Preview> again = TransFuse.augmentedSamples(settings("augment=flip,rotate seed=3 start_from=random"));
        assertArrayEquals(samples.get(5).rgb(), again.get(5).rgb());
    }
}
