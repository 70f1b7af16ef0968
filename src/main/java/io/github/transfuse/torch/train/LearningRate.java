package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan.Rate;

/** The factor on the learning rate at every step: linear warm-up, then constant or a cosine down to 1 %. */
final class LearningRate {

    private static final double FLOOR = 0.01;

    private final Rate rate;
    private final long steps;

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

    private double factor(long step) {
        if (step < rate.warmupSteps()) {
            return (step + 1.0) / rate.warmupSteps();
        }
        if (!rate.cosine()) {
            return 1;
        }
        double progress = (double) (step - rate.warmupSteps()) / Math.max(1, steps - rate.warmupSteps());
        return FLOOR + (1 - FLOOR) * (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
    }
}
