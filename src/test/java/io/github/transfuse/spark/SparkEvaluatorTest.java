package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.evaluation.CaseScore;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationPart;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.view.EvaluationPage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluations by two places in one process, with real networks, beside those of one machine. */
class SparkEvaluatorTest {
    private static SparkSession spark;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private final EvaluationListener listener = new EvaluationListener() {
        @Override
        public void scored(Path image, List<CaseScore> scores) {
            told.add(image + " " + scores.size());
        }

        @Override
        public void failed(Path image, Throwable cause) {
            told.add(image + " " + cause.getMessage());
        }

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
        RandomModels.write(models.resolve("whole"), InputSpec.Rule.RESIZE, 7);
        RandomModels.write(models.resolve("other"), InputSpec.Rule.RESIZE, 8);
        RandomModels.write(models.resolve("tiles"), InputSpec.Rule.TILE, 9);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Of three images each, the pixels are the same: so are their scores. */
    private void write(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Random random = new Random(i / 3);
            int width = 70 + random.nextInt(60);
            int height = 50 + random.nextInt(40);
            picture("images/p" + i + ".png", width, height, random, BufferedImage.TYPE_INT_RGB, 1 << 24);
            picture("masks/p" + i + "_mask.png", width, height, random, BufferedImage.TYPE_BYTE_GRAY, 0);
        }
    }

    private void picture(String name, int width, int height, Random random, int type, int colors) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D g = picture.createGraphics();
        for (int i = 0; i < 9; i++) {
            g.setColor(colors > 0 ? new Color(random.nextInt(colors)) : i == 4 ? new Color(7, 7, 7) : Color.WHITE);
            g.fillOval(random.nextInt(width), random.nextInt(height), 4 + random.nextInt(30), 4 + random.nextInt(30));
        }
        g.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Folders as a user types them who is beside them. */
    private Settings settings(String model, String output, String more) {
        Path here = Path.of("").toAbsolutePath().relativize(folder);
        return Settings.parse(Task.EVALUATE, "device=cpu mask_type=binary ignore_label=7 " + more)
                .with("model", model)
                .with("images", here.resolve("images"))
                .with("masks", here.resolve("masks"))
                .with("output", folder.resolve(output));
    }

    private String model(String names) {
        return String.join(
                "+",
                Stream.of(names.split("\\+", -1))
                        .map(name -> models.resolve(name).toString())
                        .toList());
    }

    private EvaluationReport oneMachine(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(settings))) {
            return Evaluation.of(model, settings).run(listener, EvaluationPage::html);
        }
    }

    private EvaluationReport many(Settings settings) throws IOException {
        return new SparkEvaluator().evaluate(settings, "", listener, EvaluationPage::html);
    }

    /** All files with their bytes; only the name of the output folder itself may differ. */
    private Map<String, String> contents(String output) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(output))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.resolve(output).relativize(file).toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1).replace("--output " + output, "--output"));
            }
        }
        return contents;
    }

    @ParameterizedTest
    @CsvSource({"tiles, overlap=0.3", "tiles, output_type=instances tolerance=3", "whole+other, threshold=0.4"})
    void theFilesAreThoseOfOneMachine(String model, String more) throws IOException {
        write(17);
        String all = more + " precision=float32";
        EvaluationReport one = oneMachine(settings(model(model), "one", all));
        List<String> alone = told.stream().sorted().toList();
        told.clear();
        EvaluationReport many = many(settings(model(model), "many", all));
        assertEquals(17, many.scores().size());
        assertEquals(List.of(), many.failures());
        assertEquals(one.scores().toString(), many.scores().toString());
        assertEquals(
                List.of("evaluation.csv", "report.html"),
                List.copyOf(contents("one").keySet()));
        assertEquals(contents("one"), contents("many"));
        assertEquals(alone, told.stream().sorted().toList());
    }

    @Test
    void aBadImageIsToldAsOneMachineTellsIt() throws IOException {
        write(5);
        Files.writeString(folder.resolve("images/p3.png"), "no picture");
        EvaluationReport one = oneMachine(settings(model("whole"), "one", "precision=float32"));
        List<String> alone = told.stream().sorted().toList();
        told.clear();
        EvaluationReport many = many(settings(model("whole"), "many", "precision=float32"));
        assertEquals(one.failures(), many.failures());
        assertEquals(1, many.failures().size());
        assertTrue(contents("many").get("report.html").contains("Not evaluated"));
        assertEquals(contents("one"), contents("many"));
        assertEquals(alone, told.stream().sorted().toList());
    }

    @Test
    void bf16IsNotCheckedWhichIsSaid() throws IOException {
        write(3);
        String spec = Files.readString(models.resolve("whole/model.json"));
        EvaluationReport many = many(settings(model("whole"), "many", "precision=auto"));
        assertTrue(many.notes()
                .contains("No check of bf16 and int8: it is made by one computer alone. Evaluate there to make it."));
        assertTrue(
                many.notes().stream().anyMatch(note -> note.startsWith("Computed on cpu in ")), many.notes()::toString);
        assertEquals(spec, Files.readString(models.resolve("whole/model.json")));
    }

    @Test
    void whatOneMachineRefusesIsRefusedBeforeSparkStarts() throws IOException {
        write(3);
        Files.delete(folder.resolve("masks/p1_mask.png"));
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> many(settings(model("whole"), "many", "")));
        assertTrue(thrown.getMessage().contains("no mask for image p1.png"), thrown.getMessage());
        assertThrows(SettingException.class, () -> many(Settings.evaluating().with("model", model("whole"))));
    }

    @Test
    void anExecutorThatSeesNoImagesOrMasksSaysWhy() throws IOException {
        write(1);
        String image = folder.resolve("images/p0.png").toString();
        String mask = folder.resolve("masks/p0_mask.png").toString();
        JobPlan.requireReadable(new ImageTask.Image(image, "", 0, 0, mask));
        assertRefused("images", new ImageTask.Image(image + ".away", "", 0, 0, mask));
        assertRefused("masks", new ImageTask.Image(image, "", 0, 0, mask + ".away"));
    }

    private static void assertRefused(String what, ImageTask.Image image) {
        TaskRefusedException thrown = assertThrows(TaskRefusedException.class, () -> JobPlan.requireReadable(image));
        assertTrue(
                thrown.getMessage().contains(".away cannot be read. Put the " + what + " on a disk"),
                thrown.getMessage());
    }

    /** A task that cannot be done fails its images alone, by their numbers. */
    @Test
    void anImageThatNoExecutorSurvivesIsAFailureOfTheEvaluation() throws IOException {
        write(4);
        Settings settings = settings(model("whole"), "many", "precision=float32");
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(settings))) {
            EvaluationReport report = Evaluation.of(model, settings)
                    .run(
                            listener,
                            EvaluationPage::html,
                            (work, done) -> score(work.pairs().size(), done));
            assertEquals(4, report.failures().size());
            assertEquals(
                    "p2.png", report.failures().get(2).image().getFileName().toString());
            assertEquals("lost 2", report.failures().get(2).reason());
            assertTrue(report.notes().stream().noneMatch(note -> note.startsWith("Computed on")));
            Evaluation again = Evaluation.of(model, settings);
            assertThrows(
                    IllegalStateException.class,
                    () -> again.run(listener, EvaluationPage::html, (work, done) -> score(3, done)));
        }
    }

    private static void score(int count, Consumer<EvaluationPart> done) {
        for (int number = count - 1; number >= 0; number--) {
            done.accept(EvaluationPart.failed(number, "lost " + number));
        }
    }
}
