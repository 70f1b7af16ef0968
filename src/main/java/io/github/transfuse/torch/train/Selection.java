package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingPlan;

/**
 * Which epoch is the best so far, and when the score last rose by something that counts.
 *
 * @param by name of the score that chooses
 * @param score the best so far
 * @param epoch that has it; 0: the start
 * @param risenTo the score from which the next rise is counted
 * @param risenIn epoch that reached it; 0: the start
 */
record Selection(String by, double score, int epoch, double risenTo, int risenIn) {
    /** Less than any score. */
    private static final double NONE = -3;

    /** So that 0.500 to 0.501 is a rise of 0.001. */
    private static final double ROUNDING = 1e-9;

    /** Nothing is chosen yet. */
    static Selection none() {
        return new Selection("", NONE, 0, NONE, 0);
    }

    /** The start of a training, or the best epoch judged anew. */
    static Selection of(Scores scores, int epoch) {
        return new Selection(scores.decidingName(), scores.deciding(), epoch, scores.deciding(), epoch);
    }

    /** Whether the score that decides would be the best so far. */
    boolean isBeatenBy(Scores scores) {
        return scores.deciding() > score;
    }

    /** With an epoch more. */
    Selection after(EpochReport report) {
        Scores scores = report.validation();
        Selection best = isBeatenBy(scores) ? of(scores, report.epoch()) : this;
        boolean rises = scores.deciding() >= risenTo + TrainingPlan.LEAST_GAIN - ROUNDING;
        return rises ? best.risen(scores.deciding(), report.epoch()) : best.risen(risenTo, risenIn);
    }

    /** The count of epochs without a rise begins anew. */
    Selection risen(double to, int in) {
        return new Selection(by, score, epoch, to, in);
    }
}
