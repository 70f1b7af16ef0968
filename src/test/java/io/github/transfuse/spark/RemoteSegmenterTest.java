package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and results in a store that only Hadoop reaches, against the same on a disk. */
class RemoteSegmenterTest {
    private static SparkSession spark;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .config(FolderStore.in(new SparkConf()
                        .setMaster("local[2,3]")
                        .setAppName("test")
                        .set("spark.task.cpus", "1")
                        .set("spark.ui.enabled", "false")))
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @AfterEach
    void empty() {
        FolderStore.FULL.clear();
    }

    private static BatchRun.Report run(Settings settings, SparkFolder.Told told) throws IOException {
        return new SparkSegmenter().segment(settings, "", told);
    }

    private static Settings inStore(SparkFolder data, String output) {
        return data.settings(output)
                .with("input", FolderStore.place(data.input()))
                .with("output", FolderStore.place(data.output(output)));
    }

    private static List<Long> counts(BatchRun.Report report) {
        return List.of(report.done(), report.kept(), report.failed());
    }

    private static void oneMachine(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings).threads(1)) {
            BatchRun.of(model).run(BatchListener.NONE);
        }
    }

    private static List<Row> manifest(Path output) {
        return spark.read()
                .parquet(output.resolve(Manifest.NAME).toUri().toString())
                .orderBy("input")
                .collectAsList();
    }

    /** Files at a place by their names, hidden ones too, with the times at which they were written. */
    private static Map<String, Object> times(Path output) throws IOException {
        Map<String, Object> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(output.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void theFilesAreThoseOfOneMachineAndBadImagesFailAlone() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 9);
        Files.copy(data.input().resolve("a/p000.png"), data.input().resolve("a/ä b: 100%.png"));
        Path bad = Files.writeString(data.input().resolve("a/bad.png"), "no picture");
        run(data.settings("one"), new SparkFolder.Told());
        Files.copy(bad, data.input().resolve("b/lost.png"));
        Files.createDirectories(data.output("many").resolve(RemoteSegmenter.UNFINISHED + "lost"));
        SparkFolder.Told told = new SparkFolder.Told();
        assertEquals(List.of(10L, 0L, 2L), counts(run(inStore(data, "many"), told)), told.files.toString());
        assertEquals(Set.of(), data.differences("one", "many"), "also nothing hidden");
        assertEquals(
                Files.readAllLines(data.output("one").resolve(MeasurementTable.CSV)),
                Files.readAllLines(data.output("many").resolve(MeasurementTable.CSV)));
        assertTrue(Files.exists(data.output("many").resolve(MeasurementTable.PARQUET)));
        List<Row> manifest = manifest(data.output("many"));
        assertEquals(12, manifest.size());
        for (Row row : manifest) {
            assertTrue(row.getString(0).startsWith(FolderStore.place(data.input())), row.toString());
            boolean failed =
                    row.getString(0).contains("bad.png") || row.getString(0).contains("lost.png");
            assertEquals(failed, !row.isNullAt(4), row.toString());
            assertTrue(failed || row.getString(6).startsWith(FolderStore.place(data.output("many"))), row.toString());
        }
        assertEquals(
                1,
                told.files.stream()
                        .filter(file -> file.error().contains("is lost"))
                        .count());
        assertTrue(
                told.notes.stream().anyMatch(note -> note.contains(".transfuse-lost. Delete them")),
                told.notes.toString());
    }

    @Test
    void aSecondRunDoesWhatIsLeftAndTakesAwayWhatIsNoLongerAskedFor() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 5);
        Settings settings = inStore(data, "out").with(Keys.SKIP_EXISTING, true);
        run(settings, new SparkFolder.Told());
        Path output = data.output("out");
        Map<String, Object> before = times(output);
        Files.delete(output.resolve("b/p003-labels.tif"));
        SparkFolder.Told told = new SparkFolder.Told();
        assertEquals(List.of(1L, 4L, 0L), counts(run(settings, told)), told.files.toString());
        Map<String, Object> after = times(output);
        assertEquals(before.keySet(), after.keySet());
        after.forEach((name, time) ->
                assertEquals(name.contains("p003") || !name.contains("/"), !time.equals(before.get(name)), name));
        assertEquals(
                4, manifest(output).stream().filter(row -> row.getBoolean(5)).count());
        for (Settings place : List.of(settings, data.settings("one"))) {
            run(place, new SparkFolder.Told());
            run(place.with(Keys.LABEL_FORMAT, "png").with(Keys.THRESHOLD, 0.3), new SparkFolder.Told());
        }
        assertEquals(Set.of(), data.differences("one", "out"));
    }

    @Test
    void resultsThatCannotBeMovedLeaveThoseOfTheEarlierRun() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 3);
        run(inStore(data, "out"), new SparkFolder.Told());
        FolderStore.FULL.add("p001-overlay.png");
        SparkFolder.Told told = new SparkFolder.Told();
        assertEquals(List.of(2L, 0L, 1L), counts(run(inStore(data, "out").with(Keys.THRESHOLD, 0.3), told)));
        FileResult failed =
                told.files.stream().filter(FileResult::isFailed).findFirst().orElseThrow();
        assertTrue(failed.error().contains("cannot be written. the store is full"), failed.error());
        FolderStore.FULL.clear();
        Settings again = inStore(data, "out").with(Keys.THRESHOLD, 0.3).with(Keys.SKIP_EXISTING, true);
        assertEquals(List.of(1L, 2L, 0L), counts(run(again, new SparkFolder.Told())));
        oneMachine(data.settings("one").with(Keys.THRESHOLD, 0.3));
        assertEquals(Set.of(), data.differences("one", "out"));
    }

    @Test
    void aFileAndAPatternAreFoundAsOnADisk() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 6);
        Files.writeString(data.input().resolve("a/.hidden.png"), "");
        for (String pattern : List.of("", "/a", "/a/p002.png", "/a/*.png", "/*/p00[45].png", "/**/p001.png")) {
            for (boolean recursive : new boolean[] {true, false}) {
                Settings disk = data.settings("one")
                        .with("input", data.input() + pattern)
                        .with(Keys.RECURSIVE, recursive);
                Settings store = disk.with("input", FolderStore.place(data.input()) + pattern);
                assertEquals(found(disk), found(store), pattern + " " + recursive);
            }
        }
    }

    /** The images that settings name, with the folders of their results; or why there are none. */
    private String found(Settings settings) throws IOException {
        Path here = Files.createTempDirectory(folder, "mirror");
        try (TransFuse model = TransFuse.load(settings)) {
            String input = settings.written(Keys.INPUT);
            if (!RemoteFolder.isRemote(input)) {
                return images(BatchRun.of(model, input, here), ImageTask.Image::of);
            }
            RemoteInput remote = RemoteInput.find(input, settings.get(Keys.RECURSIVE), here.resolve("in"));
            return images(BatchRun.of(model, remote.pattern(), here), remote::image);
        } catch (SettingException e) {
            return "refused";
        }
    }

    private static String images(BatchRun run, Function<InputFile, ImageTask.Image> image) {
        return run.files().stream()
                .map(image)
                .map(one -> one.path().replaceFirst("store://test", "") + " " + one.folder() + " " + one.bytes() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void aHeaderBringsItsPixels() throws IOException {
        Path image = Files.createDirectories(folder.resolve("in/volumes"));
        for (String name : List.of("scan.mhd", "scan.raw", "scan2.raw", "other.png")) {
            Files.writeString(image.resolve(name), name);
        }
        RemoteFolder images = RemoteFolder.of(FolderStore.place(folder.resolve("in")));
        RemoteFolder results = RemoteFolder.of(FolderStore.place(folder.resolve("out")));
        RemoteCopies copies = new RemoteCopies(images, results, ".transfuse-test", folder.resolve("copies"));
        InputFile here = copies.fetch(new ImageTask.Image(images.place("volumes/scan.mhd"), "volumes", 8));
        assertEquals("scan.mhd", Files.readString(here.path()));
        try (Stream<Path> beside = Files.list(here.path().getParent())) {
            assertEquals(
                    List.of("scan.mhd", "scan.raw"),
                    beside.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whatIsNotThereOrCannotBeReachedIsToldBeforeTheWork() throws IOException {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 1);
        Settings missing = inStore(data, "out").with("input", FolderStore.place(folder.resolve("none")));
        assertTrue(refusal(missing).contains("does not exist"), refusal(missing));
        Settings unknown = inStore(data, "out").with("input", "s3x://bucket/plates");
        assertTrue(
                refusal(unknown).startsWith("s3x://bucket/plates cannot be reached")
                        && refusal(unknown).contains("docs/clusters.md"),
                refusal(unknown));
        Settings elsewhere = inStore(data, "out").with("output", "s3x://bucket/labels");
        assertTrue(refusal(elsewhere).startsWith("s3x://bucket/labels cannot be reached"), refusal(elsewhere));
        Settings pooled = inStore(data, "out").with("normalization", "folder");
        assertTrue(refusal(pooled).contains("Give the range in numbers"), refusal(pooled));
        assertFalse(Files.exists(data.output("out")), "nothing is written");
    }

    private static String refusal(Settings settings) {
        Exception thrown = assertThrows(Exception.class, () -> run(settings, new SparkFolder.Told()));
        assertTrue(thrown instanceof SettingException || thrown instanceof IOException, thrown.toString());
        return thrown.getMessage();
    }

    @Test
    void twoAttemptsAtOnceLeaveOneResult() throws Exception {
        SparkFolder data = SparkFolder.write(folder, models.resolve("model"), 4);
        oneMachine(data.settings("one"));
        Settings settings = inStore(data, "many");
        try (TransFuse model = TransFuse.load(settings)) {
            JobPlan plan = JobPlan.of(model, List.of(new ShippedModel(settings.written(Keys.MODEL), false)), "", false);
            RemoteInput input = RemoteInput.find(settings.written(Keys.INPUT), true, folder.resolve("mirror"));
            ImageTask task =
                    new ImageTask(BatchRun.of(model, input.pattern(), folder.resolve("unused")).files().stream()
                            .map(input::image)
                            .toList());
            RemoteFolder results = RemoteFolder.of(settings.written(Keys.OUTPUT));
            RemoteTaskRunner runner = new RemoteTaskRunner(
                    plan,
                    Meters.of(SparkJob.open("").context()),
                    new RemoteTaskRunner.Places(input.root(), results, ".transfuse-test"));
            List<List<FileResult>> both = Stream.of(0, 1)
                    .parallel()
                    .map(attempt -> attempt(runner, task, attempt))
                    .toList();
            both.forEach(files -> assertEquals(
                    4, files.stream().filter(file -> !file.isFailed()).count(), files.toString()));
            results.delete(".transfuse-test");
        }
        assertEquals(Set.of(), data.differences("one", "many"));
    }

    private static List<FileResult> attempt(RemoteTaskRunner runner, ImageTask task, int number) {
        try {
            return runner.run(task, 1, number, () -> false).files();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
