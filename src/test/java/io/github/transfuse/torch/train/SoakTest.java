package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.progress.Progress;
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
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.imageio.ImageIO;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed work for a long time: {@code transfuse.soak.minutes}. Four threads segment with one network, are canceled, are given
 * damaged files and images that close midway; another opens and closes networks, another one trains. No pixel and no weight is
 * other than when it was computed alone, nobody stands still, and memory does not grow.
 */
@Tag("soak")
class SoakTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("transfuse.soak.minutes", "30"));
    private static final long SEED = Long.getLong("transfuse.soak.seed", System.nanoTime() % 1_000_000);
    private static final int THREADS = 4;
    private static final int PICTURES = 6;
    private static final int LOOKS = 24;

    /** Nothing takes so long, on however busy a computer. */
    private static final long MAX_SILENCE_SECONDS = 300;

    /**
     * At least 16 channels before a strided convolution of 1 x 1, as all networks that users train have: with fewer, oneDNN
     * writes beyond its memory in a training on several threads (its issue 6035).
     */
    private static final Variant WIDE = new Variant(
            "T",
            new Variant.Cnn(false, List.of(1, 1, 1), List.of(16, 16, 16)),
            TinyTraining.VARIANT.transformer(),
            TinyTraining.VARIANT.decoder(),
            TinyTraining.VARIANT.fused());

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());

    /** Held for reading by whoever works; for writing by who looks at the memory, while all stand still. */
    private final ReentrantReadWriteLock working = new ReentrantReadWriteLock(true);

    private long end;
    private byte[] weights = {};
    private TinyTraining training;

    /** What a thread does again and again. */
    private interface Work {
        void once(Random random) throws IOException;
    }

    @BeforeEach
    void aloneFirst() throws IOException {
        RandomModels.write(folder.resolve("model"), InputSpec.Rule.TILE, 3);
        try (TransFuse model = open()) {
            for (int i = 0; i < PICTURES; i++) {
                BufferedImage picture = new BufferedImage(150 + 31 * i, 130, BufferedImage.TYPE_INT_RGB);
                Graphics2D graphics = picture.createGraphics();
                graphics.setColor(new Color(40 * i, 200 - 30 * i, 90));
                graphics.fillOval(10 + 9 * i, 12, 60, 50 + 10 * i);
                graphics.dispose();
                files.add(folder.resolve("picture" + i + ".png"));
                ImageIO.write(picture, "png", files.get(i).toFile());
                labels.add(values(model, i));
            }
        }
        byte[] whole = Files.readAllBytes(files.get(0));
        Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
        training = new TinyTraining(folder).pictures(6).variant(WIDE).epochs(2).keepCheckpoints(false);
        weights = trained();
    }

    private TransFuse open() throws IOException {
        return TransFuse.load(Settings.parse(
                "model=[" + folder.resolve("model") + "] device=cpu precision=float32 output_type=instances"));
    }

    private int[] values(TransFuse model, int picture) throws IOException {
        var found = model.segment(ImageFiles.read(files.get(picture))).labels();
        int[] values = new int[Math.toIntExact(found.dimension(0) * found.dimension(1))];
        int i = 0;
        for (RealType<?> value : Views.flatIterable(found)) {
            values[i++] = (int) value.getRealDouble();
        }
        return values;
    }

    private byte[] trained() throws IOException {
        // The last bits of sums depend on the number of threads, which each thread takes from the process when it
        // begins
        torch.set_num_threads(Runtime.getRuntime().availableProcessors());
        torch.get_num_threads();
        training.output("trained").run();
        return Files.readAllBytes(training.outputFolder().resolve("weights.safetensors"));
    }

    @Test
    void mixedWork() throws Exception {
        MemoryCurve curve = new MemoryCurve("soak of " + MINUTES + " minutes");
        end = System.nanoTime() + (long) (MINUTES * 60e9);
        try (TransFuse model = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(start("segmenting " + i, SEED + i, random -> segment(model, random)));
            }
            threads.add(start("opening", SEED + THREADS, this::openAndClose));
            threads.add(start("training", SEED, random -> {
                assertArrayEquals(weights, trained(), "weights");
                count("trainings, each with the same weights");
            }));
            long pause = (long) (MINUTES * 60_000 / LOOKS);
            while (System.nanoTime() < end && failures.isEmpty()) {
                Thread.sleep(pause);
                assertTrue(working.writeLock().tryLock(MAX_SILENCE_SECONDS, TimeUnit.SECONDS), () -> "stuck: " + seen);
                try {
                    curve.look();
                } finally {
                    working.writeLock().unlock();
                }
            }
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(MAX_SILENCE_SECONDS));
                assertTrue(
                        !thread.isAlive(),
                        () -> thread.getName() + " is stuck: " + Arrays.toString(thread.getStackTrace()));
            }
        }
        tell();
        assertEquals(List.of(), failures, () -> "seed " + SEED);
        curve.assertFlat();
    }

    private Thread start(String name, long seed, Work work) {
        Random random = new Random(seed);
        Thread thread = new Thread(
                () -> {
                    while (System.nanoTime() < end && failures.isEmpty()) {
                        working.readLock().lock();
                        try {
                            seen.put(name, System.nanoTime());
                            work.once(random);
                        } catch (Throwable e) {
                            failures.add(e);
                        } finally {
                            working.readLock().unlock();
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void segment(TransFuse model, Random random) throws IOException {
        int picture = random.nextInt(PICTURES);
        switch (random.nextInt(8)) {
            case 0 -> cancel(model, picture, random.nextInt(6));
            case 1 -> {
                assertThrows(IOException.class, () -> ImageFiles.read(folder.resolve("cut.png")));
                count("damaged files refused");
            }
            case 2 -> closeMidway(model, random.nextInt(40_000));
            default -> {
                assertArrayEquals(labels.get(picture), values(model, picture), "labels of picture " + picture);
                count("segmentations, each with the same pixels");
            }
        }
    }

    private void cancel(TransFuse model, int picture, int steps) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        TransFuse canceled = model.progress(new Progress() {
            @Override
            public void report(long done, long total, String step) {}

            @Override
            public boolean isCanceled() {
                return asked.incrementAndGet() > steps;
            }
        });
        try {
            assertArrayEquals(labels.get(picture), values(canceled, picture), "labels of one that ended before");
            count("segmentations that ended before they were canceled");
        } catch (CancellationException e) {
            count("segmentations canceled");
        }
    }

    private void closeMidway(TransFuse model, int reads) {
        AtomicInteger left = new AtomicInteger(reads);
        FunctionRandomAccessible<UnsignedByteType> pixels = new FunctionRandomAccessible<>(
                3,
                (at, value) -> {
                    if (left.decrementAndGet() < 0) {
                        throw new IllegalStateException("closed midway");
                    }
                    value.set(at.getIntPosition(0) % 100);
                },
                UnsignedByteType::new);
        RandomAccessibleInterval<UnsignedByteType> image = Views.interval(pixels, new FinalInterval(160, 120, 3));
        Exception thrown = assertThrows(Exception.class, () -> model.segment(image));
        assertTrue(String.valueOf(thrown).contains("closed midway"), thrown::toString);
        count("images closed midway");
    }

    /** Closes it while another thread may be segmenting with it: the results are right, or it says that it is closed. */
    private void openAndClose(Random random) throws IOException {
        TransFuse own = open();
        Thread closing = new Thread(own::close, "closing");
        int picture = random.nextInt(PICTURES);
        try {
            own.open();
            closing.start();
            assertArrayEquals(labels.get(picture), values(own, picture), "labels of one that is closed");
            count("networks closed after a segmentation");
        } catch (IllegalStateException e) {
            count("networks closed before or within a segmentation");
        } finally {
            own.close();
        }
    }

    private void count(String what) {
        counts.computeIfAbsent(what, name -> new AtomicInteger()).incrementAndGet();
    }

    @SuppressWarnings("SystemOut") // for the page that tells of it
    private void tell() {
        System.out.println("Soak of " + MINUTES + " minutes, seed " + SEED + ": " + new TreeMap<>(counts));
    }
}
