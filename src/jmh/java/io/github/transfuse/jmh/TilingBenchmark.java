package io.github.transfuse.jmh;

import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.tiling.SlidingWindow;
import io.github.transfuse.tiling.TilePlan;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All that segmenting by tiles does beside the network, on 2048 x 2048 pixels: blending, and classes from logits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class TilingBenchmark {
    private static final int SIDE = 2048;
    private static final int TILE = 256;
    private static final int BATCH = 8;

    /** Classes of the network. */
    @Param({"1", "3"})
    public int classes;

    private FloatBuffer logits;
    private byte[] row;

    /** A network's answer, the same for all tiles. */
    @Setup
    public void answer() {
        logits = FloatBuffer.allocate(BATCH * classes * TILE * TILE);
        for (int i = 0; i < logits.capacity(); i++) {
            logits.put(i, i % 17 - 8f);
        }
        row = new byte[SIDE];
    }

    /** Tiles of 256 pixels with an overlap of one half. */
    @Benchmark
    public long blendAndClassify() throws IOException {
        TilePlan plan = TilePlan.of(new long[] {SIDE, SIDE}, new int[] {TILE, TILE}, 0.5);
        ClassMap rule = ClassMap.ofLogits(0.5);
        long[] foreground = {0};
        SlidingWindow.over(plan, 1)
                .withBatchSize(BATCH)
                .run(
                        (at, target) -> target.position(target.position() + TILE * TILE),
                        (pixels, shape) -> logits.duplicate().limit(shape[0] * classes * TILE * TILE),
                        (position, values) -> {
                            rule.classify(values, row);
                            foreground[0] += row[0];
                        },
                        Progress.NONE);
        return foreground[0];
    }
}
