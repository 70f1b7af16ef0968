package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan.Rate;

/** The factor on the learning rate at every step: linear warm-up, then constant or a cosine down to 1 %, which may be cut short. */
final class LearningRate {

    private static final double FLOOR = 0.01;

    private final Rate rate;
    private final long steps;
    private long from = Long.MAX_VALUE;
    private long to = Long.MAX_VALUE;

    /** A schedule over the given number of steps. */
    LearningRate(Rate rate, long steps) {
        this.rate = rate;
        this.steps = steps;
    }

    /** Rates of the backbones and of the rest at a step, counted from 0. */
    double[] at(long step) {
        double factor = factor(step);
        return new double[] {rate.backbone() * factor, rate.head() * factor};
    }

    /** Falls to its end between two steps, from where it is at the first. */
    void end(long first, long last) {
        from = first;
        to = last;
    }

    private double factor(long step) {
        return step < from ? planned(step) : fallen(planned(from), step - from, to - from);
    }

    private double planned(long step) {
        if (step < rate.warmupSteps()) {
            return (step + 1.0) / rate.warmupSteps();
        }
        if (!rate.cosine()) {
            return 1;
        }
        return fallen(1, step - rate.warmupSteps(), steps - rate.warmupSteps());
    }

    private static double fallen(double start, long step, long count) {
        double progress = (double) step / Math.max(1, count);
        return FLOOR + (start - FLOOR) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
    }
}
