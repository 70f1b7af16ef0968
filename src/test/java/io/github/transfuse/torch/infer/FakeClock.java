package io.github.transfuse.torch.infer;

import java.util.function.LongSupplier;

/** A clock that only goes on while a fake operation runs. */
final class FakeClock implements LongSupplier {

    private long now = 1_000;

    @Override
    public long getAsLong() {
        return now;
    }

    /** An operation that counts its calls; the last time stays. */
    final class Operation implements Runnable {
        private final long[] nanos;
        private int calls;

        Operation(long... nanos) {
            this.nanos = nanos;
        }

        @Override
        public void run() {
            now += nanos[Math.min(calls, nanos.length - 1)];
            calls++;
        }

        int calls() {
            return calls;
        }
    }
}
