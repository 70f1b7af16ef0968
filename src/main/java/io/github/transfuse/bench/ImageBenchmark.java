package io.github.transfuse.bench;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.OptionalLong;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Measures the time and memory of segmenting one large RGB image tile by tile: variant T with random weights, tiles of
 * {@value #TILE} pixels, overlap one half. The image is computed where it is read, so that the memory is that of segmenting
 * alone.
 *
 * @param width in pixels
 * @param height in pixels
 * @param device where to compute: auto, cpu, cuda:0, mps
 * @param precision number format: auto, float32 or bf16
 */
public record ImageBenchmark(long width, long height, String device, String precision) {
    private static final int TILE = 256;
    private static final int CHANNELS = 3;

    /**
     * What was measured.
     *
     * @param tiles that were computed
     * @param seconds of segmenting, the opened network at hand
     * @param computing part of this time in which the network computed, 0 to 1
     * @param waiting part of this time in which the network waited for pixels, 0 to 1
     * @param peakBytes peak resident memory of the process; empty where unknown
     * @param precision number format in use
     */
    public record Row(
            long tiles, double seconds, double computing, double waiting, OptionalLong peakBytes, String precision) {}

    /**
     * Measures.
     *
     * @throws IOException if the model or a large result cannot be written to the folder of temporary files
     */
    public Row run() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            BenchmarkModel.write(folder.path(), Variant.T, TILE, TILE);
            Settings settings = Settings.segmenting()
                    .with(Keys.MODEL, folder.path().toString())
                    .with(Keys.DEVICE, Device.of(device))
                    .with(Keys.PRECISION, Precision.of(precision));
            try (TransFuse transfuse = TransFuse.load(settings)) {
                transfuse.open();
                PeakMemory.reset();
                long start = System.nanoTime();
                Segmentation result = transfuse.segment(image());
                double seconds = (System.nanoTime() - start) / 1e9;
                return new Row(
                        result.statistics().tiles(),
                        seconds,
                        transfuse.computingSeconds() / seconds,
                        result.statistics().waitingSeconds() / seconds,
                        PeakMemory.bytes(),
                        result.statistics().precision().toString());
            }
        }
    }

    /** Waves of several lengths: smooth as microscopic images are, and nowhere the same. */
    private RandomAccessibleInterval<UnsignedByteType> image() {
        FunctionRandomAccessible<UnsignedByteType> waves = new FunctionRandomAccessible<>(
                CHANNELS,
                (at, value) -> {
                    double x = at.getDoublePosition(0);
                    double y = at.getDoublePosition(1);
                    double phase = at.getDoublePosition(2);
                    double wave = Math.sin(x / 23 + phase) * Math.cos(y / 31) + Math.sin((x + y) / 210);
                    value.set((int) (127 + 60 * wave));
                },
                UnsignedByteType::new);
        return Views.interval(waves, new FinalInterval(width, height, CHANNELS));
    }
}
