package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TileBlendingTest {
    private static final TilePlan PLAN = TilePlan.of(new long[] {16, 64}, new int[] {16, 16}, 0);

    /** The sink holds the blender in the first row until close() waits for it: three tiles are not blended then. */
    @Test
    @Timeout(60)
    void closingStopsAtTheNextTile() throws IOException, InterruptedException {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger rows = new AtomicInteger();
        RowSink sink = (position, logits) -> {
            begun.countDown();
            while (rows.get() == 0 && caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            rows.incrementAndGet();
        };
        SlidingWindow window = SlidingWindow.over(PLAN, 1).withBatchSize(4);
        TileReading.Batch all = new TileReading.Batch(0, 4, FloatBuffer.allocate(0));
        try (TileBlending blending = new TileBlending(window, sink, Progress.NONE)) {
            blending.add(all, new float[4 * PLAN.tilePixels()], 1);
            while (begun.getCount() > 0) {
                Thread.sleep(1); // not await(): that would be the state that the sink waits for
            }
        }
        assertEquals(16, rows.get(), "the rows of the first tile");
    }
}
