package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingPlan;

/**
 * Which epoch is the best so far, and when the score last rose by something that counts. Few images judge an epoch badly: its
 * score is then averaged with those of the epochs before, as nnU-Net averages its own.
 *
 * @param by name of the score that chooses
 * @param score the best so far, averaged
 * @param epoch that has it; 0: the start
 * @param risenTo the score from which the next rise is counted
 * @param risenIn epoch that reached it; 0: the start
 * @param level the average at the last epoch
 */
record Selection(String by, double score, int epoch, double risenTo, int risenIn, double level) {
    /** Less than any score. */
    private static final double NONE = -3;

    /** So that 0.500 to 0.501 is a rise of 0.001. */
    private static final double ROUNDING = 1e-9;

    /** So many images judge an epoch well enough. */
    private static final double IMAGES = 30;

    /** At most this part of the planned epochs is averaged. */
    private static final double PART = 6;

    /** Nothing is chosen yet. */
    static Selection none() {
        return new Selection("", NONE, 0, NONE, 0, NONE);
    }

    /** The start of a training, or the best epoch judged anew. */
    static Selection of(Scores scores, int epoch) {
        double score = scores.deciding();
        return new Selection(scores.decidingName(), score, epoch, score, epoch, score);
    }

    /**
     * Over about how many epochs the score is averaged.
     *
     * @param images that judge, 1 or more
     * @param epochs planned
     * @return 1 or more
     */
    static double memory(int images, int epochs) {
        return Math.max(1, Math.min(IMAGES / images, epochs / PART));
    }

    /** Whether the average with an epoch more would be the best so far. */
    boolean isBeatenBy(Scores scores, double memory) {
        return level(scores, memory) > score;
    }

    /** Objects that are found for the first time, or none any more, have scores that nothing is averaged with. */
    private double level(Scores scores, double memory) {
        double score = scores.deciding();
        boolean other = level == NONE || level < 0 != score < 0;
        return other ? score : level + (score - level) / memory;
    }

    /**
     * With an epoch more.
     *
     * @param memory as {@link #memory(int, int)} gives it
     */
    Selection after(EpochReport report, double memory) {
        Scores scores = report.validation();
        double now = level(scores, memory);
        boolean best = now > score;
        boolean rises = now >= risenTo + TrainingPlan.LEAST_GAIN - ROUNDING;
        return new Selection(
                best ? scores.decidingName() : by,
                best ? now : score,
                best ? report.epoch() : epoch,
                rises ? now : risenTo,
                rises ? report.epoch() : risenIn,
                now);
    }

    /** The count of epochs without a rise begins anew. */
    Selection risen(double to, int in) {
        return new Selection(by, score, epoch, to, in, level);
    }
}
