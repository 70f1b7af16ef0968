package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.engine.TrainingListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** An epoch's time from a few steps; the clock stands at 100 s when the first of them ends. */
class PaceTest {
    private final Deque<Double> ends = new ArrayDeque<>();

    /** Steps that end at these seconds, the last of which ends the trial. */
    private Pace timed(double validation, int steps, Double... seconds) {
        ends.addAll(List.of(seconds));
        Pace pace = new Pace(TrainingListener.NONE, validation, () -> (long) ((100 + ends.remove()) * 1e9));
        for (int i = 0; i < seconds.length; i++) {
            int n = i;
            Runnable step = () -> pace.step(1 + n / steps, 1 + n % steps, steps, 0.5);
            if (i == seconds.length - 1) {
                assertThrows(CancellationException.class, step::run);
            } else {
                step.run();
            }
        }
        return pace;
    }

    @Test
    void longEpochsAreTheFastestStepAsOftenAsTheyHaveSteps() {
        Pace pace = timed(10, 30, 0.0, 3.0, 5.0, 9.0, 11.5);
        assertEquals(2 * (30 + 0.35 * 10), pace.secondsOfEpoch(), 1e-6);
    }

    /** Two steps an epoch: 3 s from the first to the second, 7 and 6 s with what lies between epochs. */
    @Test
    void shortEpochsTellTheTimeBetweenThem() {
        Pace pace = timed(10, 2, 0.0, 3.0, 10.0, 13.0, 19.0);
        assertEquals(3 + 6, pace.secondsOfEpoch(), 1e-6);
    }

    @Test
    void epochsOfOneStep() {
        assertEquals(4, timed(10, 1, 0.0, 6.0, 11.0, 15.0, 19.5).secondsOfEpoch(), 1e-6);
    }

    @Test
    void slowStepsAreNotTriedForLong() {
        assertEquals(21 * 50, timed(0, 50, 0.0, 21.0).secondsOfEpoch(), 1e-6);
    }
}
