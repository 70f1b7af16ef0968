package io.github.transfuse.torch.train;

import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work on numbered things in several threads, whose results are taken in order: so they do not depend on the threads. */
final class InOrder {
    /** Results that wait to be taken, for each thread. */
    private static final int AHEAD = 2;

    private InOrder() {}

    /** Works on one of the things. */
    @FunctionalInterface
    interface Work<T> {
        T on(int index) throws IOException;
    }

    /**
     * Works on all of them.
     *
     * @param count of the things
     * @param threads most at a time; with one, the calling thread does the work
     * @param taker is given the results, in the calling thread
     * @throws IOException if the work fails with it; other failures come through as well
     */
    static <T> void run(int count, int threads, Work<T> work, Consumer<T> taker) throws IOException {
        if (threads <= 1) {
            for (int i = 0; i < count; i++) {
                taker.accept(work.on(i));
            }
            return;
        }
        Deque<Future<T>> begun = new ArrayDeque<>();
        try (HelperThreads helpers = new HelperThreads(threads, "TransFuse validation")) {
            try {
                for (int i = 0; i < count; i++) {
                    int index = i;
                    begun.add(helpers.submit(() -> work.on(index)));
                    if (begun.size() >= AHEAD * threads) {
                        taker.accept(HelperThreads.await(begun.remove(), Progress.NONE));
                    }
                }
                while (!begun.isEmpty()) {
                    taker.accept(HelperThreads.await(begun.remove(), Progress.NONE));
                }
            } finally {
                begun.forEach(task -> task.cancel(false));
            }
        }
    }
}
