package io.github.transfuse.torch.infer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Ways of computing the same thing, timed in turn. The best time of each counts: what the processor can do, not what it
 * does while other programs disturb it.
 */
final class Race {

    /** The first round also prepares kernels and caches, and a disturbed one must not decide. */
    static final int MIN_ROUNDS = 3;

    /** More would not change what is seen. */
    static final int MAX_ROUNDS = 9;

    /** How long a race may go on once it has its fewest rounds. */
    static final long BUDGET_NANOS = 20_000_000;

    /** After which a way that has lost is not even given its fewest rounds. */
    static final long PATIENCE_NANOS = 300_000_000;

    /** A way so many times slower than another has lost. */
    static final double LOST = 8;

    private final LongSupplier clock;

    /**
     * A race.
     *
     * @param clock nanoseconds from any start
     */
    Race(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * A race of operations that compute in the calling thread alone. Where the system counts its processor time finely
     * enough, other programs do not disturb it; Windows counts in steps of 16 ms.
     */
    static Race onThisThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean fine = !System.getProperty("os.name", "").startsWith("Windows")
                && threads.isCurrentThreadCpuTimeSupported()
                && threads.isThreadCpuTimeEnabled();
        return new Race(fine ? threads::getCurrentThreadCpuTime : System::nanoTime);
    }

    /** The best time of each way, in nanoseconds, at least 1. */
    long[] best(List<Runnable> ways) {
        long[] best = new long[ways.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        long start = clock.getAsLong();
        for (int round = 0; round < MAX_ROUNDS && !decided(best, round, clock.getAsLong() - start); round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], nanos(ways.get(i)));
            }
        }
        return best;
    }

    private static boolean decided(long[] best, int rounds, long nanos) {
        if (rounds == 0) {
            return false;
        }
        long first = Arrays.stream(best).min().orElseThrow();
        long last = Arrays.stream(best).max().orElseThrow();
        boolean lost = last > LOST * first;
        return rounds < MIN_ROUNDS ? lost && nanos > PATIENCE_NANOS : lost || nanos > BUDGET_NANOS;
    }

    private long nanos(Runnable way) {
        long start = clock.getAsLong();
        way.run();
        return Math.max(1, clock.getAsLong() - start);
    }
}
