package io.github.transfuse.engine;

import java.util.List;
import java.util.Locale;

/**
 * How an epoch went.
 *
 * @param epoch 1-based
 * @param epochs planned
 * @param training on the training examples
 * @param validation on the validation examples
 * @param timing how long it took, and whether it is the best so far
 */
public record EpochReport(int epoch, int epochs, Scores training, Scores validation, Timing timing) {

    /**
     * Figures of one pass.
     *
     * @param loss total loss (training) or structure loss of the prediction (validation)
     * @param dice mean Dice; NaN where not computed
     * @param iou mean IoU; NaN where not computed
     */
    public record Scores(double loss, double dice, double iou) {}

    /**
     * Time and place.
     *
     * @param seconds of the whole epoch
     * @param imagesPerSecond of the training pass
     * @param waitingShare share of the training pass in which the optimiser waited for data
     * @param best whether this epoch's weights are the best so far
     * @param previews some validation examples, the same ones every epoch
     */
    public record Timing(
            double seconds, double imagesPerSecond, double waitingShare, boolean best, List<Preview> previews) {}

    /** The figures in one line for people. */
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  validation loss %.4f  Dice %.4f  IoU %.4f  %.1f s  %.1f images/s%s",
                epoch,
                epochs,
                training.loss,
                validation.loss,
                validation.dice,
                validation.iou,
                timing.seconds,
                timing.imagesPerSecond,
                timing.best ? "  best so far" : "");
    }
}
