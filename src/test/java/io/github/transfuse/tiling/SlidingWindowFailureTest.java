package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in one role reaches the caller, and no thread is left behind. */
class SlidingWindowFailureTest {
    private static final TilePlan PLAN = TilePlan.of(new long[] {200, 200}, new int[] {16, 16}, 0.5);
    private static final SlidingWindow WINDOW =
            SlidingWindow.over(PLAN, 1).withBatchSize(4).withReaders(3);
    private static final TileReader READER = (tile, target) -> {};
    private static final TilePredictor NETWORK = (batch, shape) -> batch;
    private static final RowSink SINK = (position, logits) -> {};

    @AfterEach
    void noThreadStaysBehind() {
        long left = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("transfuse-"))
                .count();
        assertEquals(0, left);
    }

    @Test
    void readerFailureNamesTheTile() {
        IOException cause = new IOException("disk on fire");
        IOException e = assertThrows(
                IOException.class,
                () -> WINDOW.run(
                        (tile, target) -> {
                            if (tile.index() == 100) {
                                throw cause;
                            }
                        },
                        NETWORK,
                        SINK,
                        Progress.NONE));
        assertSame(cause, e.getCause());
        assertTrue(e.getMessage().contains("tile 100") && e.getMessage().contains("disk on fire"), e.getMessage());
    }

    @Test
    void sinkFailureNamesTheRow() {
        IOException cause = new IOException("no space left");
        IOException e = assertThrows(
                IOException.class,
                () -> WINDOW.run(
                        READER,
                        NETWORK,
                        (position, logits) -> {
                            if (position[1] == 60) {
                                throw cause;
                            }
                        },
                        Progress.NONE));
        assertSame(cause, e.getCause());
        assertTrue(e.getMessage().contains("[0, 60]"), e.getMessage());
    }

    @Test
    void uncheckedFailuresComeThroughAsTheyAre() {
        Error error = new OutOfMemoryError("test");
        assertSame(
                error,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> WINDOW.run(
                                READER,
                                (b, s) -> {
                                    throw error;
                                },
                                SINK,
                                Progress.NONE)));
        RuntimeException wrong = new IllegalStateException("test");
        assertSame(
                wrong,
                assertThrows(
                        IllegalStateException.class,
                        () -> WINDOW.run(
                                (t, b) -> {
                                    throw wrong;
                                },
                                NETWORK,
                                SINK,
                                Progress.NONE)));
    }

    @Test
    void wrongNumberOfLogitsIsNamed() {
        TilePredictor network = (batch, shape) -> FloatBuffer.allocate(batch.remaining() + 1);
        Exception e = assertThrows(IllegalStateException.class, () -> WINDOW.run(READER, network, SINK, Progress.NONE));
        assertTrue(e.getMessage().contains("1025"), e.getMessage());
        int[] calls = {0};
        TilePredictor changing = (batch, shape) -> FloatBuffer.allocate(batch.remaining() * ++calls[0]);
        e = assertThrows(IllegalStateException.class, () -> WINDOW.run(READER, changing, SINK, Progress.NONE));
        assertTrue(e.getMessage().contains("2 classes"), e.getMessage());
    }

    @Test
    void cancelStopsWithinOneBatch() {
        AtomicLong predicted = new AtomicLong();
        Progress progress = new Progress() {
            @Override
            public void report(long done, long total, String step) {
                assertEquals(PLAN.count(), total);
            }

            @Override
            public boolean isCanceled() {
                return predicted.get() == 3;
            }
        };
        assertThrows(
                CancellationException.class,
                () -> WINDOW.run(
                        READER,
                        (batch, shape) -> {
                            predicted.incrementAndGet();
                            return batch;
                        },
                        SINK,
                        progress));
        assertEquals(3, predicted.get());
    }

    @Test
    void interruptCancelsAndStaysSet() {
        assertThrows(
                CancellationException.class,
                () -> WINDOW.run(
                        READER,
                        (batch, shape) -> {
                            Thread.currentThread().interrupt();
                            return batch;
                        },
                        SINK,
                        Progress.NONE));
        assertTrue(Thread.interrupted());
    }
}
