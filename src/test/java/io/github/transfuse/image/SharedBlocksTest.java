package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.imglib2.parallel.Parallelization;
import org.junit.jupiter.api.Test;

class SharedBlocksTest {
    private static final int COUNT = 64;

    private static AtomicIntegerArray done() {
        AtomicIntegerArray done = new AtomicIntegerArray(COUNT);
        SharedBlocks.run(COUNT, done::incrementAndGet);
        return done;
    }

    private static void assertOnceEach(AtomicIntegerArray done) {
        for (int i = 0; i < COUNT; i++) {
            assertEquals(1, done.get(i), "block " + i);
        }
    }

    @Test
    void eachBlockIsDoneOnce() {
        assertOnceEach(done());
        assertOnceEach(Parallelization.runWithNumThreads(5, SharedBlocksTest::done));
        SharedBlocks.run(0, block -> {
            throw new AssertionError("there is none");
        });
    }

    /** As in a parallel stream over images, each of which waits for its loops in a thread of its own. */
    @Test
    void itEndsWhereAllOtherThreadsWait() {
        CountDownLatch release = new CountDownLatch(1);
        ForkJoinPool common = ForkJoinPool.commonPool();
        for (int i = 0; i < 2 * common.getParallelism(); i++) {
            common.execute(() -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            assertOnceEach(assertTimeoutPreemptively(Duration.ofSeconds(20), SharedBlocksTest::done));
        } finally {
            release.countDown();
        }
    }

    @Test
    void oneThreadIsEnoughForThoseWhoAskForIt() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Parallelization.runSingleThreaded(() -> SharedBlocks.run(COUNT, block -> threads.add(Thread.currentThread())));
        assertEquals(Set.of(Thread.currentThread()), threads);
    }

    @Test
    void othersHelpWhereTheyAreFree() {
        CountDownLatch both = new CountDownLatch(2);
        Parallelization.runWithNumThreads(
                2,
                () -> SharedBlocks.run(2, block -> {
                    both.countDown();
                    try {
                        both.await(); // ends only if another thread has the other block
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertEquals(0, both.getCount());
    }

    @Test
    void whatABlockThrowsIsThrownWhenNoneIsAtWork() {
        AtomicInteger atWork = new AtomicInteger();
        for (Throwable thrown : new Throwable[] {new IllegalStateException("a"), new StackOverflowError("b")}) {
            Throwable caught = assertThrows(
                    Throwable.class,
                    () -> Parallelization.runWithNumThreads(
                            4,
                            () -> SharedBlocks.run(COUNT, block -> {
                                atWork.incrementAndGet();
                                try {
                                    if (block == 3) {
                                        throwAny(thrown);
                                    }
                                } finally {
                                    atWork.decrementAndGet();
                                }
                            })));
            assertSame(thrown, caught);
            assertEquals(0, atWork.get());
        }
    }

    private static void throwAny(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    @Test
    void anInterruptIsKeptForLater() {
        Thread.currentThread().interrupt();
        assertOnceEach(done());
        assertTrue(Thread.interrupted());
    }
}
