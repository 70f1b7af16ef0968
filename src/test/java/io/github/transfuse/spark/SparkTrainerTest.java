package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Version;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.CrossValidation;
import io.github.transfuse.evaluation.FoldTraining;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.view.TrainingPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds by two places in one process, beside those of one machine with the same number of threads. */
class SparkTrainerTest {
    private static SparkSession spark;
    private static Map<String, String> alone;

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    };

    @BeforeAll
    static void start() throws IOException {
        spark = SparkSession.builder()
                .config(new SparkConf()
                        .setMaster("local[2,3]")
                        .setAppName("test")
                        .set("spark.task.cpus", "1")
                        .set("spark.ui.enabled", "false"))
                .getOrCreate();
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(data.resolve(kind));
            for (int n = 0; n < 6; n++) {
                BufferedImage picture = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
                for (int i = 0; i < 48 * 40; i++) {
                    picture.getRaster().setSample(i % 48, i / 48, 0, i % 48 > 20 + n ? 255 : 0);
                }
                ImageIO.write(
                        picture, "png", data.resolve(kind + "/" + n + ".png").toFile());
            }
        }
        Path one = data.resolve("model");
        System.setProperty(NetworkOptions.THREADS, "1");
        try {
            CrossValidation.train(settings("", one), own -> TrainingPictures.beside(own, TrainingListener.NONE));
        } finally {
            System.clearProperty(NetworkOptions.THREADS);
        }
        alone = contents(one);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Images and masks as a user types them who is beside them. */
    private static Settings settings(String more, Path output) {
        Path here = Path.of("").toAbsolutePath().relativize(data);
        return Settings.parse(
                        Task.TRAIN,
                        "folds=3 input_size=32x32 input_rule=resize batch_size=1 precision=float32 epochs=2 device=cpu"
                                + " start_from=random " + more)
                .with("images", here.resolve("images"))
                .with("masks", here.resolve("masks"))
                .with("output", output);
    }

    /** All files, hidden ones too; what tells times, and whether a run was gone on with, is left out. */
    private static Map<String, String> contents(Path output) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = output.relativize(file).toString();
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (name.endsWith("history.csv")) {
                    // seconds, images per second and the share of waiting
                    bytes = bytes.replaceAll("(?m)^((?:[^,\n]*,){5})(?:[^,\n]*,){3}", "$1");
                }
                contents.put(
                        name,
                        bytes.replaceAll("--resume (true|false)", "--resume")
                                .replace("goes on from its checkpoint", "starts from random weights"));
            }
        }
        return contents;
    }

    private Path output() {
        return folder.resolve("model");
    }

    /** Names of files that are in one of both only, or differ. */
    private static Set<String> differing(Map<String, String> found) {
        Set<String> names = new TreeSet<>(alone.keySet());
        names.addAll(found.keySet());
        names.removeIf(name -> alone.containsKey(name) && alone.get(name).equals(found.get(name)));
        return names;
    }

    @Test
    void theFilesAreThoseOfOneMachine() throws IOException {
        Path models = new SparkTrainer().train(settings("", output()), "", listener);
        assertEquals(output(), models);
        assertEquals(Set.of(), differing(contents(models)));
        assertEquals(null, System.getProperty(NetworkOptions.THREADS), "the threads of others are as before");
        for (int fold = 1; fold <= 3; fold++) {
            String begins = "Fold " + fold + ", test: ";
            assertEquals(
                    1, notes.stream().filter(note -> note.startsWith(begins)).count(), notes::toString);
        }
        assertTrue(notes.stream().anyMatch(note -> note.startsWith("A worker trains one fold at a time")));
        notes.clear();
        new SparkTrainer().train(settings("resume", output()), "", listener);
        assertTrue(
                notes.containsAll(List.of("Fold 1 is done.", "Fold 2 is done.", "Fold 3 is done.")), notes::toString);
        assertEquals(Set.of(), differing(contents(models)));
    }

    @Test
    void aFoldThatFailsIsToldAndTheOthersEnd() throws IOException {
        Path obstacle = Files.createDirectories(output().resolve("fold-2/split.csv/in-the-way"));
        IOException thrown =
                assertThrows(IOException.class, () -> new SparkTrainer().train(settings("", output()), "", listener));
        assertEquals(
                "1 of 3 folds failed: 2. What the others have done stays; go on with resume.", thrown.getMessage());
        assertTrue(
                notes.stream().anyMatch(note -> note.startsWith("Fold 2 failed: ") && note.contains("split.csv")),
                notes::toString);
        assertTrue(Files.exists(output().resolve("fold-1/fold.csv")));
        assertTrue(Files.exists(output().resolve("fold-3/fold.csv")));
        assertFalse(Files.exists(output().resolve("folds.csv")));
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        new SparkTrainer().train(settings("resume", output()), "", listener);
        assertEquals(Set.of(), differing(contents(output())));
    }

    /** The first attempt is lost after its first epoch: the second goes on, and gives what one without a loss gives. */
    @Test
    void anAttemptThatIsLostIsGoneOnWith() throws IOException {
        try (var mark = new Mark(folder)) {
            FoldRunner runner = new FoldRunner(Version.current(), mark.file().toString());
            CrossValidation.train(settings("", output()), listener, (folds, teller) -> {
                FoldTraining first = folds.get(0);
                Path checkpoint = first.folder().resolve("checkpoint.safetensors");
                assertThrows(
                        CancellationException.class, () -> runner.run(first, 1, 0, () -> Files.exists(checkpoint)));
                assertTrue(Files.exists(checkpoint));
                List<String> said = runner.run(first, 1, 1, () -> false).notes();
                assertTrue(said.contains("Fold 1 of 3."), said::toString);
                assertTrue(
                        Files.readString(first.folder().resolve("model.json")).contains("--resume true"));
                runner.run(folds.get(1), 1, 0, () -> false);
                runner.run(folds.get(2), 1, 0, () -> false);
                return Map.of();
            });
        }
        Set<String> differing = differing(contents(output()));
        // its first epoch comes from the table, which has six digits
        differing.remove("fold-1/curves.png");
        assertEquals(Set.of(), differing);
    }

    /** What lay in the folder before the run is of other weights. */
    @Test
    void anAttemptThatWasLostBeforeItsFirstEpochBeginsAnew() throws IOException {
        Path checkpoint = output().resolve("fold-1/checkpoint.safetensors");
        Files.createDirectories(checkpoint.getParent());
        Files.writeString(checkpoint, "of another training");
        try (var mark = new Mark(folder)) {
            FoldRunner runner = new FoldRunner(Version.current(), mark.file().toString());
            IOException thrown = assertThrows(
                    IOException.class,
                    () -> CrossValidation.train(settings("", output()), listener, (folds, teller) -> {
                        FoldReport report = runner.run(folds.get(0), 1, 1, () -> false);
                        assertEquals("", report.failure());
                        return Map.of(2, "not tried", 3, "not tried");
                    }));
            assertTrue(thrown.getMessage().startsWith("2 of 3 folds failed: 2, 3."), thrown.getMessage());
        }
        assertTrue(
                differing(contents(output())).stream().noneMatch(name -> name.startsWith("fold-1/")),
                () -> "the model is another");
    }

    @Test
    void anExecutorThatCanDoNothingSaysWhy() throws IOException {
        try (var mark = new Mark(folder)) {
            IOException thrown = assertThrows(
                    IOException.class,
                    () -> CrossValidation.train(settings("", output()), listener, (folds, teller) -> {
                        FoldTraining fold = folds.get(0);
                        String seen = mark.file().toString();
                        refused("but the driver runs 0.0.1", new FoldRunner("0.0.1", seen), fold);
                        refused(
                                output() + " is not the one that the driver sees",
                                new FoldRunner(Version.current(), seen + ".away"),
                                fold);
                        FoldTraining away = new FoldTraining(
                                1, 3, fold.settings().replace("/images", "/away"), fold.split(), fold.earlier());
                        refused("away cannot be read", new FoldRunner(Version.current(), seen), away);
                        return Map.of(1, "refused");
                    }));
            assertTrue(thrown.getMessage().startsWith("1 of 3"), thrown.getMessage());
        }
        assertFalse(Files.exists(output().resolve("fold-1")), "nothing is written");
    }

    private static void refused(String words, FoldRunner runner, FoldTraining fold) {
        TaskRefusedException thrown =
                assertThrows(TaskRefusedException.class, () -> runner.run(fold, 1, 0, () -> false));
        assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
    }

    @Test
    void aSingleModelIsOfOneMachine() {
        SettingException thrown = assertThrows(SettingException.class, () -> new SparkTrainer()
                .train(settings("", output()).with("folds", "none"), "", listener));
        assertTrue(thrown.getMessage().startsWith("folds is missing"), thrown.getMessage());
        assertFalse(Files.exists(output()));
    }

    private record Mark(Path file) implements AutoCloseable {
        Mark(Path file) {
            this.file = file.resolve("mark");
            try {
                Files.writeString(this.file, "");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() throws IOException {
            Files.delete(file);
        }
    }
}
