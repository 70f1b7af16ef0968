package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of epochs fits the time. */
class TimeBudgetTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<EpochReport> reports = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void epoch(EpochReport report) {
            reports.add(report);
        }
    };

    @BeforeEach
    void write() throws IOException {
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(kind));
            for (int n = 0; n < 4; n++) {
                BufferedImage picture = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
                for (int i = 0; i < 48 * 40; i++) {
                    int value = i % 48 > 20 + n ? 255 : 0;
                    picture.getRaster().setSample(i % 48, i / 48, 0, value);
                }
                ImageIO.write(
                        picture, "png", folder.resolve(kind + "/" + n + ".png").toFile());
            }
        }
    }

    private Settings settings(String text) {
        return Settings.parse(
                        Task.TRAIN,
                        "input_size=32x32 input_rule=resize batch_size=1 precision=float32" + " start_from=random "
                                + text)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("model"));
    }

    @ParameterizedTest
    @CsvSource({"'', 10", "minutes=2.5, 2.5", "epochs=3, ", "epochs=3 minutes=4, 4", "minutes=auto epochs=auto, 10"})
    void tenMinutesUnlessSomethingIsGiven(String text, Double minutes) {
        assertEquals(Optional.ofNullable(minutes), TimeBudget.minutes(settings(text)));
    }

    /**
     * By this clock a step takes 0.3 s, and so does an epoch of two images, which is one step: 19 whole epochs end before six
     * seconds are over. The record has what was trained.
     */
    @Test
    void epochsAreAsManyAsFit() throws IOException {
        AtomicLong now = new AtomicLong(1);
        ModelFolder model =
                Training.run(settings("minutes=0.1 patience=0"), listener, () -> now.addAndGet(300_000_000));
        assertEquals(
                IntStream.rangeClosed(1, 19).mapToObj(epoch -> epoch + "/19").toList(),
                reports.stream()
                        .map(report -> report.epoch() + "/" + report.epochs())
                        .toList());
        assertTrue(
                notes.contains(
                        "An epoch takes about 0.3 s here: 19 epochs are trained; for more give minutes or epochs,"
                                + " or start_from this model later."),
                notes::toString);
        String command = model.spec().history().training().get("command").getAsString();
        assertTrue(command.contains("--epochs 19") && !command.contains("--minutes"), command);
        try (var left = Files.list(folder)) {
            assertEquals(3, left.count(), "images, masks, model: nothing of the trial");
        }
    }

    /** A computer that is fast enough for more than would be planned trains what would be planned. */
    @Test
    void noMoreThanPlannedAreTrained() throws IOException {
        AtomicLong now = new AtomicLong(1);
        TrainingPlanner planner = TrainingPlanner.of(settings("minutes=0.1"));
        Settings fitted = TimeBudget.fit(planner, planner.plan(), listener, () -> now.addAndGet(1_000_000));
        assertEquals(planner.plan().schedule().epochs(), fitted.get(Keys.EPOCHS).orElseThrow());
        assertTrue(notes.get(notes.size() - 1).endsWith(" epochs are trained."), notes::toString);
    }

    /** The clock of the computer says that some epochs fit, however fast it is. */
    @Test
    void theClockOfTheComputerIsAskedOtherwise() throws IOException {
        Training.run(settings("minutes=0.1 patience=0"), listener);
        int planned = reports.get(0).epochs();
        assertEquals(planned, reports.size());
        assertTrue(planned >= 1 && planned < 200, planned + " epochs");
        assertTrue(
                notes.stream()
                        .anyMatch(
                                note -> note.startsWith("An epoch takes") && note.contains(": " + planned + " epoch")),
                notes::toString);
    }

    @Test
    void givenEpochsAreNotTimed() throws IOException {
        Training.run(settings("epochs=1"), listener);
        assertTrue(notes.stream().noneMatch(note -> note.contains("how many epochs fit")), notes::toString);
        assertEquals(1, reports.size());
    }

    /** A run that goes on has the epochs that were planned, however fast the computer is by now. */
    @Test
    void aResumedRunKeepsItsPlan() throws IOException {
        Training.run(settings("epochs=2 keep_checkpoints"), listener);
        reports.clear();
        Training.run(settings("resume keep_checkpoints"), listener);
        assertEquals(List.of(), reports, "both epochs were done");
        Training.run(settings("resume epochs=3 minutes=5"), listener);
        assertEquals(1, reports.size(), "what is asked for counts, not what was planned");
        assertTrue(notes.contains("No effect of minutes: the training goes on to its 3 epochs."), notes::toString);
        assertTrue(notes.stream().noneMatch(note -> note.contains("how many epochs fit")), notes::toString);
    }
}
