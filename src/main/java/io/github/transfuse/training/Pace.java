package io.github.transfuse.training;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.files.TemporaryFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** How long an epoch takes here: found by a few steps of the training itself, of which nothing is kept. */
final class Pace implements TrainingListener {
    /** The first step allocates memory and waits for examples: it is not timed. */
    private static final int STEPS = 4;

    /** Slow trainings are not tried for longer, once a step is timed. */
    private static final long MAX_NANOS = 20_000_000_000L;

    /** An image that is only looked at takes this part of the time of one that is learned from. */
    private static final double LOOKED_AT = 0.35;

    private final TrainingListener asked;
    private final double validation;
    private final LongSupplier clock;
    private long first;
    private long last;
    private int timed;
    private int stepsOfEpoch;
    private double within = Double.POSITIVE_INFINITY;
    private double between = Double.POSITIVE_INFINITY;

    /**
     * Nothing is timed yet.
     *
     * @param asked whether to stop
     * @param validation network inputs of the validation, in steps
     * @param clock in nanoseconds
     */
    Pace(TrainingListener asked, double validation, LongSupplier clock) {
        this.asked = asked;
        this.validation = validation;
        this.clock = clock;
    }

    /**
     * Seconds of an epoch with its validation.
     *
     * @param validation network inputs of the validation, in steps
     * @param listener asked whether to stop
     * @param clock in nanoseconds
     * @throws IOException if the data cannot be read
     * @throws CancellationException if the listener asks to stop
     */
    static double ofEpoch(TrainingPlan plan, double validation, TrainingListener listener, LongSupplier clock)
            throws IOException {
        Pace pace = new Pace(listener, validation, clock);
        try (TemporaryFolder aside = TemporaryFolder.make();
                TrainingRun run = EngineLoader.engine().train(into(plan, aside))) {
            run.run(pace);
        } catch (Measured e) {
            return pace.secondsOfEpoch();
        }
        throw new CancellationException("The training was stopped before its first epoch began.");
    }

    private static TrainingPlan into(TrainingPlan plan, TemporaryFolder aside) {
        TrainingPlan.Schedule all = plan.schedule();
        TrainingPlan.Execution execution = plan.execution();
        return new TrainingPlan(
                plan.spec(),
                plan.data(),
                new TrainingPlan.Schedule(STEPS + 1, all.batchSize(), all.rate(), 0, all.seed()),
                new TrainingPlan.Start(plan.start().origin(), plan.start().path(), false),
                new TrainingPlan.Execution(
                        execution.options(),
                        execution.augmentations(),
                        execution.dropout(),
                        execution.averaging(),
                        new TrainingPlan.Output(aside.path().resolve("trial"), false, List.of("trial"), false)));
    }

    /** Ends the trial from within: a stop by request would finish and check a model. */
    private static final class Measured extends CancellationException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void prepared(TrainingSummary summary) {
        // said by the training itself
    }

    @Override
    public void step(int epoch, int step, int steps, double loss) {
        long now = clock.getAsLong();
        stepsOfEpoch = steps;
        if (first == 0) {
            first = now;
        } else {
            double seconds = (now - last) * 1e-9;
            within = step > 1 ? Math.min(within, seconds) : within;
            between = step > 1 ? between : Math.min(between, seconds);
            timed++;
        }
        last = now;
        if (timed == STEPS || (timed > 0 && now - first > MAX_NANOS)) {
            throw new Measured();
        }
    }

    @Override
    public Request request() {
        return asked.request();
    }

    /** From one epoch to the next there are a step, the validation and the checkpoint. */
    double secondsOfEpoch() {
        if (Double.isInfinite(between)) {
            return within * (stepsOfEpoch + LOOKED_AT * validation);
        }
        return between + (stepsOfEpoch > 1 ? (stepsOfEpoch - 1) * within : 0);
    }
}
