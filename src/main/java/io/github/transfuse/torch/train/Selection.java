package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;

/**
 * Which epoch is the best so far.
 *
 * @param by name of the score that chooses
 * @param score the best so far
 * @param epoch that has it; 0: the start
 */
record Selection(String by, double score, int epoch) {
    /** Less than any score. */
    private static final double NONE = -3;

    /** Nothing is chosen yet. */
    static Selection none() {
        return new Selection("", NONE, 0);
    }

    /** The start of a training, or the best epoch judged anew. */
    static Selection of(Scores scores, int epoch) {
        return new Selection(scores.decidingName(), scores.deciding(), epoch);
    }

    /** Whether the score that decides would be the best so far. */
    boolean isBeatenBy(Scores scores) {
        return scores.deciding() > score;
    }

    /** With an epoch more. */
    Selection after(EpochReport report) {
        return isBeatenBy(report.validation()) ? of(report.validation(), report.epoch()) : this;
    }
}
