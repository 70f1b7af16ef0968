package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails leaves the results of the run before, all of them, and nothing else. */
class FailedRerunTest {
    @TempDir
    private Path folder;

    private final CalibratedImage image =
            CalibratedImage.of("a.png", ArrayImgs.floats(new float[64 * 48], 64, 48), Axis.Kind.X, Axis.Kind.Y);

    private Segmentation result;
    private Map<String, Integer> earlier;

    @BeforeEach
    void firstRun() throws IOException {
        try (TransFuse model = FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()), options -> {
                            return new FakeNetworks.Times(2);
                        })
                .settings(Settings.parse("probabilities overlay table"))) {
            result = model.segment(image);
        }
        List<Path> written = new ResultWriter(folder).write("a.png", image, result);
        assertEquals("a-labels.tif", written.get(0).getFileName().toString());
        assertEquals(5, written.size());
        earlier = contents();
        assertEquals(5, earlier.size());
    }

    @Test
    void whateverMomentItFailsAt() throws IOException {
        for (int pixels : List.of(0, 1, 64 * 47)) {
            for (Throwable failure : List.of(new IllegalStateException("bad"), new OutOfMemoryError("full"))) {
                Segmentation failing = failingAfter(pixels, failure);
                assertThrows(failure.getClass(), () -> new ResultWriter(folder).write("a.png", image, failing));
                assertEquals(earlier, contents(), failure + " after " + pixels + " pixels");
            }
        }
    }

    @Test
    void whenAPlaceIsTaken() throws IOException {
        Files.delete(folder.resolve("a-overlay.png"));
        Files.createDirectories(folder.resolve("a-overlay.png").resolve("of the user"));
        earlier.remove("a-overlay.png");
        UnwritableOutputException e = assertThrows(
                UnwritableOutputException.class, () -> new ResultWriter(folder).write("a.png", image, result));
        assertTrue(e.getMessage().contains("a-overlay.png: this cannot be written (it is a folder)"), e.getMessage());
        assertFalse(e.getMessage().contains(".tmp"), e.getMessage());
        assertEquals(earlier, contents());
        assertTrue(Files.exists(folder.resolve("a-overlay.png").resolve("of the user")));
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStep() throws Exception {
        EveryFault.of(folder, to -> new ResultWriter(to).write("again/a.png", image, result));
    }

    /** What a killed run has left goes when the next one begins. */
    @Test
    void straysGo() throws IOException {
        Path stray = Files.createDirectories(folder.resolve(".transfuse-1.tmp"));
        Files.write(Files.createDirectory(stray.resolve("unfinished")).resolve("b-labels.tif"), new byte[9]);
        Files.createFile(stray.resolve("lock"));
        assertTrue(contents().size() > 5);
        new ResultWriter(folder);
        assertEquals(earlier, contents());
    }

    private Segmentation failingAfter(int pixels, Throwable failure) {
        AtomicInteger read = new AtomicInteger();
        RandomAccessibleInterval<UnsignedShortType> labels = Converters.convert(
                (RandomAccessibleInterval<UnsignedShortType>) ArrayImgs.unsignedShorts(64, 48),
                (in, out) -> {
                    if (read.getAndIncrement() == pixels) {
                        FailedRerunTest.<RuntimeException>sneak(failure);
                    }
                    out.set(in);
                },
                new UnsignedShortType());
        return new Segmentation(
                labels,
                result.kind(),
                result.axes(),
                result.sliceLabels(),
                result.probabilities(),
                result.objects(),
                result.orientation(),
                result.provenance());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** Names, at any depth, with checksums. */
    private Map<String, Integer> contents() throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
