package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two places in one process, with a real network. */
class SparkSegmenterTest {
    private static SparkSession spark;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .config(new SparkConf()
                        .setMaster("local[2,3]")
                        .setAppName("test")
                        .set("spark.task.cpus", "1")
                        .set("spark.ui.enabled", "false")
                        .set("spark.sql.shuffle.partitions", "1"))
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static BatchRun.Report run(Settings settings, SparkFolder.Told told) throws IOException {
        return new SparkSegmenter().segment(settings, "", told);
    }

    private static void oneMachine(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings).threads(1)) {
            BatchRun.of(model).run(BatchListener.NONE);
        }
    }

    @Test
    void theFilesAreThoseOfOneMachineAndABadImageFailsAlone() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 14);
        Path bad = Files.writeString(data.input().resolve("a/bad.png"), "no picture");
        oneMachine(data.settings("one"));
        SparkFolder.Told told = new SparkFolder.Told();
        BatchRun.Report report = run(data.settings("many"), told);
        assertEquals(
                List.of(14L, 0L, 1L), List.of(report.done(), report.kept(), report.failed()), told.files.toString());
        assertEquals(Set.of(), data.differences("one", "many"));
        assertEquals(14 * 4, data.contents("many").size());
        List<Row> manifest = manifest(data.output("many"));
        assertEquals(15, manifest.size());
        for (Row row : manifest) {
            boolean failed = row.getString(0).equals(bad.toString());
            assertEquals(failed, !row.isNullAt(4), row.toString());
            assertEquals(failed ? 0 : 64, row.getString(1).length(), row.toString());
            assertEquals(failed, row.getDouble(2) == 0, row.toString());
        }
        List<String> failures = told.files.stream()
                .filter(FileResult::isFailed)
                .map(FileResult::error)
                .toList();
        assertTrue(failures.size() == 1 && failures.get(0).contains("bad.png"), failures.toString());
    }

    @Test
    void theMeasurementsOfAllImagesAreInOneTable() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 5);
        Files.move(data.input().resolve("a/p000.png"), data.input().resolve("007.png"));
        run(data.settings("many").with("output_type", "instances"), new SparkFolder.Told());
        Path output = data.output("many");
        List<String> expected = new ArrayList<>();
        for (String image : List.of("007.png", "a/p002.png", "a/p004.png", "b/p001.png", "b/p003.png")) {
            List<String> table = Files.readAllLines(output.resolve(image.replace(".png", "-objects.csv")));
            if (expected.isEmpty()) {
                expected.add("file," + table.get(0));
            }
            table.stream().skip(1).forEach(row -> expected.add(image + "," + row));
        }
        assertTrue(expected.size() > 1, "there are objects");
        assertEquals(expected, Files.readAllLines(output.resolve(MeasurementTable.CSV)));
        List<Row> rows = spark.read()
                .parquet(output.resolve(MeasurementTable.PARQUET).toUri().toString())
                .collectAsList();
        assertEquals(expected.size() - 1, rows.size());
        assertEquals(
                expected.stream().skip(1).map(row -> row.split(",", -1)[0]).toList(),
                rows.stream().map(row -> row.getString(0)).toList());
        assertEquals(
                List.of(expected.get(0).split(",")),
                List.of(rows.get(0).schema().fieldNames()));
        assertTrue(rows.get(0).get(rows.get(0).fieldIndex("pixels")) instanceof Number, "numbers are numbers");
    }

    @Test
    void tablesWithOtherColumnsFindTheirPlaces() throws IOException {
        Path output = Files.createDirectories(folder.resolve("out"));
        Files.writeString(output.resolve("a-objects.csv"), "label,area\n1,-2.5\n");
        Files.writeString(output.resolve("b-objects.csv"), "label,\"mean, red\",area\n1,7,3\n2,,4\n");
        Files.writeString(output.resolve("c-objects.csv"), "label,area\n");
        List<FileResult> results = Stream.of("b", "c", "a", "none")
                .map(stem -> new FileResult(
                        "/in/" + stem + ".png",
                        "",
                        1,
                        1,
                        "",
                        false,
                        List.of(output.resolve(stem + "-labels.tif").toString()),
                        List.of()))
                .toList();
        try (StagedFiles staged = StagedFiles.in(output)) {
            MeasurementTable.write(results, output, staged, spark);
            staged.publish();
        }
        assertEquals(
                "file,label,area,\"mean, red\"\na.png,1,-2.5,\nb.png,1,3,7\nb.png,2,4,\n",
                Files.readString(output.resolve(MeasurementTable.CSV)));
        assertEquals(
                3,
                spark.read()
                        .parquet(
                                output.resolve(MeasurementTable.PARQUET).toUri().toString())
                        .count());
    }

    @Test
    void placesThatShareANetworkAreTold() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 1);
        SparkFolder.Told told = new SparkFolder.Told();
        run(data.settings("many"), told);
        assertEquals(
                1,
                told.notes.stream()
                        .filter(note -> note.startsWith("Up to 2 tasks share the one network"))
                        .count(),
                told.notes.toString());
    }

    private static List<Row> manifest(Path output) {
        return spark.read()
                .parquet(output.resolve(Manifest.NAME).toUri().toString())
                .orderBy("input")
                .collectAsList();
    }

    @Test
    void aSecondRunDoesWhatIsLeft() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 6);
        Settings settings = data.settings("out").with(Keys.SKIP_EXISTING, true);
        run(settings, new SparkFolder.Told());
        Path gone = data.output("out").resolve("b/p003-labels.tif");
        Path stays = data.output("out").resolve("a/p002-labels.tif");
        Files.delete(gone);
        Object before = Files.getAttribute(stays, "lastModifiedTime");
        SparkFolder.Told told = new SparkFolder.Told();
        BatchRun.Report report = run(settings, told);
        assertEquals(List.of(1L, 5L, 0L), List.of(report.done(), report.kept(), report.failed()));
        assertTrue(Files.exists(gone));
        assertEquals(before, Files.getAttribute(stays, "lastModifiedTime"));
        List<Row> manifest = manifest(data.output("out"));
        assertEquals(5, manifest.stream().filter(row -> row.getBoolean(5)).count());
        assertTrue(manifest.stream().allMatch(row -> row.getString(1).length() == 64));
    }

    @Test
    void anAttemptThatDiesCostsWhatItWasAtAndLeavesNothing() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 6);
        oneMachine(data.settings("one"));
        try (AttemptFolder attempts = AttemptFolder.of(data.settings("many"))) {
            ImageTask task = attempts.task();
            List<TaskReport> reports = new ArrayList<>();
            DiesOnce dies = new DiesOnce(attempts.plan(), task.images(), 2);
            assertEquals(
                    Optional.empty(),
                    SparkJob.open("").run("test", List.of(task), dies, (i, report) -> reports.add(report)));
            assertEquals(2, DiesOnce.MADE.size());
            assertEquals(1, reports.size());
            assertEquals(6, reports.get(0).files().size());
            assertEquals(DiesOnce.MADE, dies.times(), "what was done is not done again");
            assertEquals(
                    0, reports.get(0).files().stream().filter(FileResult::kept).count(), "all are of this run");
        }
        assertEquals(Set.of(), data.differences("one", "many"));
    }

    @Test
    void anImageThatNoExecutorSurvivesFailsAlone() throws IOException {
        SparkFolder.Told told = new SparkFolder.Told();
        List<ImageTask.Image> images = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            images.add(new ImageTask.Image((i == 13 ? "/poison" : "/image") + i + ".png", "", 0));
        }
        BatchRun.Report report = new ImageRun(SparkJob.open(""), new Poisoned(), told).run(images);
        assertEquals(List.of(19L, 0L, 1L), List.of(report.done(), report.kept(), report.failed()));
        assertEquals(20, told.files.stream().map(FileResult::input).distinct().count());
        FileResult failed =
                told.files.stream().filter(FileResult::isFailed).findFirst().orElseThrow();
        assertTrue(failed.input().equals("/poison13.png") && failed.error().contains("each time"), failed.toString());
    }

    @Test
    void anExecutorThatCanDoNothingSaysWhy() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 3);
        try (AttemptFolder attempts = AttemptFolder.of(data.settings("out"))) {
            JobPlan plan = attempts.plan();
            ImageTask task = attempts.task();
            ImageTask away = new ImageTask(List.of(new ImageTask.Image("/no/such/share/a.png", "", 0)));
            assertRefused(
                    "not the one that the driver sees",
                    AttemptFolder.plan(plan, plan.version(), plan.checksums(), "/no/such/mark"),
                    task);
            assertRefused("a.png cannot be read", plan, away);
            assertRefused(
                    "but the driver runs 0.0.1",
                    AttemptFolder.plan(plan, "0.0.1", plan.checksums(), plan.mark()),
                    task);
            assertRefused(
                    "not the model of the driver",
                    AttemptFolder.plan(plan, plan.version(), List.of("other"), plan.mark()),
                    task);
        }
        assertEquals(Set.of(), data.contents("out").keySet(), "nothing is written");
    }

    private static void assertRefused(String words, JobPlan plan, ImageTask task) {
        ImageRun run = new ImageRun(
                SparkJob.open(""),
                new ImageTaskRunner(plan, Meters.of(SparkJob.open("").context())),
                new SparkFolder.Told());
        IOException thrown = assertThrows(IOException.class, () -> run.run(task.images()));
        assertTrue(thrown.getMessage().startsWith("On ") && thrown.getMessage().contains(words), thrown.getMessage());
    }

    @Test
    void twoAttemptsAtOnceLeaveOneResult() throws Exception {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 6);
        oneMachine(data.settings("one"));
        try (AttemptFolder attempts = AttemptFolder.of(data.settings("many"))) {
            ImageTaskRunner runner = new ImageTaskRunner(
                    attempts.plan(), Meters.of(SparkJob.open("").context()));
            ExecutorService pool = Executors.newFixedThreadPool(2);
            Future<TaskReport> first = pool.submit(() -> runner.run(attempts.task(), 1, 0, () -> false));
            Future<TaskReport> copy = pool.submit(() -> runner.run(attempts.task(), 1, 1, () -> false));
            assertEquals(6, first.get().files().size());
            assertEquals(6, copy.get().files().size());
            assertFalse(first.get().files().stream().anyMatch(FileResult::isFailed));
            assertFalse(copy.get().files().stream().anyMatch(FileResult::isFailed));
            pool.shutdown();
        }
        assertEquals(Set.of(), data.differences("one", "many"));
    }
}
