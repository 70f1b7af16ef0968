package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cross-validation from settings to the models and their scores. */
class CrossValidationTest {
    private static final int IMAGES = 6;

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private int epochs;
    private int stopAfter = Integer.MAX_VALUE;

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        @Override
        public void epoch(EpochReport report) {
            epochs++;
        }

        @Override
        public Request request() {
            boolean stop = epochs >= stopAfter;
            // once, as where the process is told to end: nobody answers for it behind the training
            stopAfter = stop ? Integer.MAX_VALUE : stopAfter;
            return stop ? Request.STOP : Request.CONTINUE;
        }
    };

    @BeforeEach
    void write() throws IOException {
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(kind));
            for (int n = 0; n < IMAGES; n++) {
                BufferedImage picture = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
                for (int i = 0; i < 48 * 40; i++) {
                    picture.getRaster().setSample(i % 48, i / 48, 0, i % 48 > 20 + n ? 255 : 0);
                }
                ImageIO.write(
                        picture, "png", folder.resolve(kind + "/" + n + ".png").toFile());
            }
        }
    }

    private Settings settings(String text) {
        return Settings.parse(
                        Task.TRAIN,
                        "folds=3 input_size=32x32 input_rule=resize batch_size=1 precision=float32 epochs=2"
                                + " start_from=random " + text)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("model"));
    }

    /** A training that is stopped goes on in the fold where it was, and gives what one without a stop gives. */
    @Test
    void eachFoldIsTestedAndAStoppedRunGoesOn() throws IOException {
        Path whole = CrossValidation.train(settings("").with("output", folder.resolve("whole")), own -> listener);
        assertEquals(6, epochs);
        assertEquals(6, tested(whole));
        String table = Files.readString(whole.resolve("folds.csv"));
        List<String> lines = table.lines().toList();
        assertEquals(1 + 3 + 2, lines.size(), table);
        double mean = lines.subList(1, 4).stream()
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                .average()
                .orElseThrow();
        assertEquals(mean, Double.parseDouble(lines.get(4).split(",", -1)[2]), 2e-6);

        epochs = 0;
        stopAfter = 3;
        assertThrows(CancellationException.class, () -> CrossValidation.train(settings(""), own -> listener));
        assertFalse(Files.exists(folder.resolve("model/folds.csv")));
        assertFalse(Files.exists(folder.resolve("model/fold-2/test")), "it is not trained");
        assertThrows(
                IOException.class, () -> TransFuse.load(folder.resolve("model").toString()));
        stopAfter = Integer.MAX_VALUE;
        notes.clear();
        Path resumed = CrossValidation.train(settings("resume"), own -> listener);
        assertTrue(notes.contains("Fold 1 is done."), notes::toString);
        assertEquals(6, epochs, "no epoch is trained twice");
        assertEquals(table, Files.readString(resumed.resolve("folds.csv")));
        assertTrue(notes.get(notes.size() - 1).startsWith("Segment with all folds: model=" + resumed));
        try (TransFuse all = TransFuse.load(resumed.toString())) {
            assertEquals(
                    List.of("model-fold-1", "model-fold-2", "model-fold-3"),
                    all.members().stream()
                            .map(model -> model.spec().identity().name())
                            .toList());
        }
        IOException changed = assertThrows(
                IOException.class,
                () -> CrossValidation.train(settings("resume").with("folds", 2), own -> listener));
        assertTrue(changed.getMessage().contains("number of folds have changed"), changed.getMessage());
    }

    private static long tested(Path output) throws IOException {
        long images = 0;
        for (int fold = 1; fold <= 3; fold++) {
            try (Stream<String> lines = Files.lines(output.resolve("fold-" + fold + "/test/evaluation.csv"))) {
                images += lines.skip(1).count();
            }
        }
        return images;
    }

    @Test
    void aSingleTrainingDoesNotPassOverFolds() {
        String said = assertThrows(SettingException.class, () -> TransFuse.train(settings(""), TrainingListener.NONE))
                .getMessage();
        assertTrue(said.contains("several models"), said);
    }

    @Test
    void theDryRunTellsOfFolds() throws IOException {
        String said = CrossValidation.sentence(settings("").with("minutes", 30)).orElseThrow();
        assertTrue(
                said.contains("3 models are trained") && said.contains("2, 2, 2") && said.contains("10 of the minutes"),
                said);
        assertTrue(CrossValidation.sentence(settings("").with("folds", "none")).isEmpty());
    }
}
