package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.segmentation.PlaneBlock;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One large image on two places in one process, with real networks. */
class BlockRunTest {
    private static final LargeRule ALWAYS = new LargeRule("always", 1);
    private static SparkSession spark;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        spark = SparkSession.builder()
                .config(new SparkConf()
                        .setMaster("local[2,3]")
                        .setAppName("test")
                        .set("spark.task.cpus", "1")
                        .set("spark.ui.enabled", "false"))
                .getOrCreate();
        RandomModels.write(models.resolve("tiles"), InputSpec.Rule.TILE, 7);
        RandomModels.write(models.resolve("whole"), InputSpec.Rule.RESIZE, 7);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Bright discs of all sizes; some lie on the borders of all blocks. */
    private Path slide(String name, int width, int height, int slices) throws IOException {
        Img<UnsignedByteType> pixels = ArrayImgs.unsignedBytes(width, height, 3, slices);
        RandomAccess<UnsignedByteType> at = pixels.randomAccess();
        Random random = new Random(3);
        for (int z = 0; z < slices; z++) {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = picture.createGraphics();
            for (int i = 0; i < width * height / 600; i++) {
                int bright = 90 + random.nextInt(160);
                int size = 8 + random.nextInt(28);
                g.setColor(new Color(bright, bright, random.nextInt(256)));
                g.fillOval(random.nextInt(width), random.nextInt(height), size, size);
            }
            g.dispose();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < 3; c++) {
                        at.setPosition(new int[] {x, y, c, z});
                        at.get().set(picture.getRGB(x, y) >> (16 - 8 * c) & 255);
                    }
                }
            }
        }
        List<Axis> axes = new ArrayList<>(List.of(
                new Axis(Axis.Kind.X, 1, "pixel"), new Axis(Axis.Kind.Y, 1, "pixel"), Axis.of(Axis.Kind.CHANNEL)));
        axes.add(new Axis(Axis.Kind.Z, 1, "pixel"));
        Path file = Files.createDirectories(folder.resolve("in")).resolve(name);
        ResultFiles.writeTiff(file, new CalibratedImage(name, pixels, axes, false, List.of()), Map.of());
        return file;
    }

    private SparkFolder data(String model) {
        return new SparkFolder(folder, model.equals("nuclei") ? Path.of(model) : models.resolve(model));
    }

    private static void oneMachine(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings).threads(1)) {
            BatchRun.of(model).run(BatchListener.NONE);
        }
    }

    private static Settings settings(SparkFolder data, String more, String output) {
        return Settings.parse("overlay table device=cpu precision=float32 " + more)
                .with(Keys.MODEL, data.model().toString())
                .with(Keys.INPUT, data.input().toString())
                .with(Keys.OUTPUT, data.output(output));
    }

    private SparkFolder.Told equal(String model, String more) throws IOException {
        SparkFolder data = data(model);
        oneMachine(settings(data, more, "one"));
        SparkFolder.Told told = new SparkFolder.Told();
        new SparkSegmenter(ALWAYS).segment(settings(data, more, "many"), "", told);
        assertEquals(List.of(), told.files.stream().filter(FileResult::isFailed).toList());
        // Tiles at the borders of blocks are computed twice, and the record says so
        assertEquals(Set.of(), data.differences("one", "many"));
        try (Stream<Path> files = Files.list(folder.resolve("many"))) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .toList());
        }
        return told;
    }

    @Test
    void instancesOfASlideAreThoseOfOneMachine() throws IOException {
        slide("slide.tif", 1100, 900, 1);
        SparkFolder.Told told = equal("nuclei", "overlap=0.2");
        assertTrue(told.files.get(0).objects() > 20, told.files.toString());
        assertTrue(
                told.notes.stream()
                        .anyMatch(note -> note.contains("slide.tif is large") && note.contains("in 4 tasks")),
                told.notes.toString());
    }

    @Test
    void classesOfASlideAreThoseOfOneMachine() throws IOException {
        slide("slide.tif", 900, 700, 1);
        equal("tiles", "min_size=20 fill_holes probabilities overlap=0.1");
    }

    @Test
    void aVolumeIsThatOfOneMachine() throws IOException {
        slide("volume.tif", 400, 300, 6);
        SparkFolder.Told told = equal("tiles", "output_type=instances overlap=0.1");
        assertTrue(told.notes.stream().anyMatch(note -> note.contains("in 3 tasks")), told.notes.toString());
    }

    @Test
    void whatCannotBeCutIsDoneByOneWorker() throws IOException {
        slide("slide.tif", 300, 200, 1);
        SparkFolder.Told told = equal("whole", "min_size=3");
        assertTrue(
                told.notes.stream().anyMatch(note -> note.contains("segmented by one worker")), told.notes.toString());
    }

    @Test
    void aSecondRunKeepsWhatIsThere() throws IOException {
        slide("slide.tif", 600, 500, 1);
        Settings settings = data("tiles").settings("out").with(Keys.SKIP_EXISTING, true);
        new SparkSegmenter(ALWAYS).segment(settings, "", new SparkFolder.Told());
        BatchRun.Report again = new SparkSegmenter(ALWAYS).segment(settings, "", new SparkFolder.Told());
        assertEquals(List.of(0L, 1L), List.of(again.done(), again.kept()));
    }

    @Test
    void anAttemptThatDiesCostsThePartItWasAt() throws IOException {
        slide("slide.tif", 300, 400, 1);
        try (AttemptFolder attempts = AttemptFolder.of(data("tiles").settings("out"))) {
            Path blocks = Files.createDirectory(folder.resolve("blocks"));
            BlockTask task = new BlockTask(
                    attempts.task().images().get(0),
                    blocks.toString(),
                    List.of(
                            new PlaneBlock(0, new long[] {0, 0}, new long[] {300, 150}),
                            new PlaneBlock(0, new long[] {0, 150}, new long[] {300, 400})));
            SparkJob job = SparkJob.open("");
            BlockTaskRunner runner = new BlockTaskRunner(attempts.plan(), Meters.of(job.context()));
            List<BlockReport> reports = new ArrayList<>();
            run(job).compute("test", List.of(task), new BlockDiesOnce(runner), reports);
            assertEquals(1, reports.size());
            assertEquals(List.of(BlockDiesOnce.time(task)), BlockDiesOnce.MADE, "what was done is not done again");
            try (Stream<Path> files = Files.list(blocks)) {
                assertEquals(
                        List.of("p0-0-0", "p0-0-150"),
                        files.map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
            }
        }
    }

    private static BlockRun run(SparkJob job) {
        return new BlockRun(job, null, ALWAYS, new SparkFolder.Told());
    }

    @Test
    void aPartThatCannotBeComputedFailsTheImageAndLeavesNothing() throws IOException {
        Path file = slide("slide.tif", 300, 400, 1);
        try (AttemptFolder attempts = AttemptFolder.of(data("tiles").settings("out"))) {
            BlockTask task = new BlockTask(
                    attempts.task().images().get(0),
                    folder.resolve("no/such/folder").toString(),
                    List.of(new PlaneBlock(0, new long[] {0, 0}, new long[] {300, 150})));
            SparkJob job = SparkJob.open("");
            BlockTaskRunner runner = new BlockTaskRunner(attempts.plan(), Meters.of(job.context()));
            BlockFailedException thrown = assertThrows(BlockFailedException.class, () -> run(job).compute(
                            "test", List.of(task), runner, new ArrayList<>()));
            assertTrue(thrown.getMessage().contains("no/such/folder"), thrown.getMessage());
            BlockTask away =
                    new BlockTask(new ImageTask.Image(file + ".away", "", 0), folder.toString(), task.blocks());
            IOException refused = assertThrows(
                    IOException.class, () -> run(job).compute("test", List.of(away), runner, new ArrayList<>()));
            assertTrue(refused.getMessage().startsWith("On "), refused.getMessage());
        }
    }

    @Test
    void aDiskWithoutRoomIsToldBefore() throws IOException {
        BlockRun.requireRoom(5, 5);
        BlockFailedException thrown =
                assertThrows(BlockFailedException.class, () -> BlockRun.requireRoom(13_000_000_000L, 2_000_000_000));
        assertTrue(thrown.getMessage().contains("need 13.0 GB")
                && thrown.getMessage().contains("only 2.0 GB"));
    }

    @Test
    void largeImagesAreCutWhereWorkersWouldWait() {
        LargeRule auto = new LargeRule("auto", 100);
        assertTrue(auto.looks(3, 4) && !auto.looks(4, 4));
        assertTrue(auto.cuts(100) && !auto.cuts(99));
        LargeRule never = new LargeRule("never", 100);
        assertTrue(!never.looks(1, 64));
        assertTrue(ALWAYS.looks(64, 1) && ALWAYS.cuts(1));
        assertThrows(SettingException.class, () -> new LargeRule("sometimes", 1));
    }

    @Test
    void blocksCoverAllPlanesOnce() {
        BlockCuts cuts = new BlockCuts(5000, new int[] {30, 20});
        List<List<PlaneBlock>> tasks = cuts.tasks(3, 211, 97);
        int[][][] seen = new int[3][97][211];
        for (PlaneBlock block : tasks.stream().flatMap(List::stream).toList()) {
            assertTrue(block.pixels() <= 5000 && block.size()[0] >= 30 && block.size()[1] >= 20, block.toString());
            for (long y = block.min()[1]; y < block.max()[1]; y++) {
                for (long x = block.min()[0]; x < block.max()[0]; x++) {
                    seen[(int) block.plane()][(int) y][(int) x]++;
                }
            }
        }
        assertTrue(Arrays.stream(seen)
                .flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream)
                .allMatch(n -> n == 1));
        assertEquals(
                1, new BlockCuts(5000, new int[] {300, 200}).tasks(1, 211, 97).size(), "no less than a tile");
        assertEquals(
                List.of(3, 3, 1),
                new BlockCuts(300, new int[] {2, 2})
                        .tasks(7, 10, 10).stream().map(List::size).toList());
        assertEquals(
                BlockCuts.MAX_PIXELS,
                BlockCuts.of(1L << 40, 4, new int[] {2, 2}).pixels());
        assertEquals(
                BlockCuts.MIN_PIXELS,
                BlockCuts.of(1L << 20, 64, new int[] {2, 2}).pixels());
    }
}
