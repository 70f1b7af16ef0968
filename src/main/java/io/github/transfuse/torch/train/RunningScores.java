package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Loss, Dice and IoU of the training examples as they pass by: augmented, at the input size, with weights that change
 * from step to step. Foreground against background, counted over whole batches.
 */
final class RunningScores {

    private double loss;
    private double intersection;
    private double predicted;
    private double actual;
    private int steps;

    /** Adds a step's loss and prediction, [B, K, H, W]. */
    void add(double stepLoss, Tensor logits, BatchTensors batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor prediction = foreground(logits.detach(), 0);
            Tensor truth = foreground(batch.target(), 0.5);
            if (batch.valid().has_value()) {
                prediction = prediction.mul(batch.valid().get());
                truth = truth.mul(batch.valid().get());
            }
            intersection += sum(prediction.mul(truth));
            predicted += sum(prediction);
            actual += sum(truth);
        }
        loss += stepLoss;
        steps++;
    }

    /** [B, 1, H, W]: above the threshold for one class, otherwise any class but the background. */
    private static Tensor foreground(Tensor scores, double threshold) {
        Tensor found = scores.size(1) == 1
                ? scores.gt(new Scalar(threshold))
                : scores.argmax(new LongOptional(1), true).gt(new Scalar(0));
        return found.to(ScalarType.Float);
    }

    private static double sum(Tensor values) {
        return values.sum().item().toDouble();
    }

    /** Means so far; NaN before the first step. */
    Scores mean() {
        double both = predicted + actual;
        return new Scores(loss / steps, 2 * intersection / both, intersection / (both - intersection));
    }
}
