package io.github.transfuse.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
     * @param mcc correlation of Matthews with the truth, in [-1, 1]: 0 for any constant answer and for guessing; NaN where not
     *     computed, or where the truth has no foreground
     * @param constant the best constant answer to the same images; empty where not computed
     * @param objects how well objects are found; empty where none are learned
     */
    public record Scores(
            double loss,
            double dice,
            double iou,
            double mcc,
            Optional<ConstantAnswer> constant,
            Optional<ObjectScore> objects) {

        /** A correlation below this is that of a guess. */
        private static final double GUESS = 0.05;

        /** Figures without anything beside them. */
        public Scores(double loss, double dice, double iou) {
            this(loss, dice, iou, Double.NaN, Optional.empty(), Optional.empty());
        }

        /**
         * What chooses the best epoch: the F1 of objects where they are learned, otherwise the correlation; the Dice where
         * there is none. As long as no objects are found, their pixels choose, and any epoch that finds some is better.
         */
        public double deciding() {
            double pixels = Double.isNaN(mcc) ? dice : mcc;
            return objects.map(score -> score.beatsNothing() ? score.f1() : pixels - 1)
                    .orElse(pixels);
        }

        /** The name of what chooses. */
        public String decidingName() {
            return objects.isPresent() ? ObjectScore.NAME : Double.isNaN(mcc) ? "Dice" : "MCC";
        }

        /** What has to be said of these figures; empty if nothing. */
        public String remark() {
            String pixels = remarkOfPixels();
            boolean none = objects.filter(score -> score.f1() < 1 && !score.beatsNothing())
                    .isPresent();
            return pixels.isEmpty() && none ? ObjectScore.NO_OBJECTS : pixels;
        }

        private String remarkOfPixels() {
            if (Double.isNaN(mcc) || constant.filter(ConstantAnswer::isPerfect).isPresent()) {
                return constant.map(answer -> answer.remark(dice)).orElse("");
            }
            return mcc < GUESS ? ConstantAnswer.NOTHING_LEARNED : "";
        }

        /** The figures for people: what decides first, and beside the Dice the best constant answer. */
        public String text() {
            return objects.map(score -> score + ", ").orElse("")
                    + (Double.isNaN(mcc) ? "" : String.format(Locale.ROOT, "MCC %.4f, ", mcc))
                    + String.format(Locale.ROOT, "Dice %.4f", dice)
                    + constant.map(answer -> " (" + answer + ")").orElse("");
        }
    }

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
                "epoch %d/%d  loss %.4f  validation loss %.4f  %s  IoU %.4f  %.1f s  %.1f images/s%s",
                epoch,
                epochs,
                training.loss,
                validation.loss,
                validation.text(),
                validation.iou,
                timing.seconds,
                timing.imagesPerSecond,
                ending());
    }

    /** The best of epochs that all learned nothing is not good: it is never said alone. */
    private String ending() {
        String remark = validation.remark();
        if (remark.isEmpty()) {
            return timing.best ? "  best so far" : "";
        }
        return (timing.best ? "  best so far, but " : "  ") + remark;
    }
}
