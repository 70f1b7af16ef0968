package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingMemoryTest {

    private static final int WARM_UP = 100;
    private static final int STEPS = 300;
    /** Looks at the memory, of which the lowest counts. */
    private static final int SETTLING = 10;
    /** The activations of one step, kept, would be more than this after 200. */
    private static final long TOLERANCE = 64L << 20;

    @TempDir
    private Path folder;

    @Test
    void stays200StepsWithinTheMemoryOfTheFirst() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(44).batch(2).epochs(18);
        Watching watching = new Watching();
        try (var run = Trainings.prepare(training.plan(), new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of()))) {
            run.run(watching);
        }
        assertTrue(watching.steps >= STEPS, watching.steps + " steps");
        long grown = watching.bytes - watching.bytesWarm;
        assertTrue(grown < TOLERANCE, grown + " bytes more after " + watching.steps + " steps");
        long pointers = watching.pointers - watching.pointersWarm;
        assertTrue(pointers <= 0, pointers + " more native objects after " + watching.steps + " steps");
    }

    /** Native memory and objects that Java holds on to. */
    private static final class Watching implements TrainingListener {
        private int steps;
        private long bytesWarm;
        private long bytes;
        private long pointersWarm;
        private long pointers;

        @Override
        public void step(int epoch, int step, int of, double loss) {
            steps++;
            if (steps == WARM_UP || steps == STEPS) {
                bytesWarm = bytes;
                pointersWarm = pointers;
                bytes = settledBytes();
                pointers = Pointer.totalCount();
            }
        }

        /** Without pages of the Java heap that are free already: the collector gives them back a moment later. */
        private static long settledBytes() {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < SETTLING; i++) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                least = Math.min(least, Pointer.physicalBytes());
            }
            return least;
        }
    }
}
