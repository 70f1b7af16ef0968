package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.metrics.Confusion;
import io.github.transfuse.torch.nn.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Loss, and Dice and IoU as {@link ClassAgreement} has them, of the training examples as they pass by: augmented, at the
 * input size, with weights that change from step to step. All of them together are counted as one image.
 */
final class RunningScores {
    private static final String PASS = "pass";

    private final int classes;
    private final ClassAgreement agreement;
    private double loss;
    private int steps;

    /**
     * No steps yet.
     *
     * @param outputs of the network: 1 for a foreground
     */
    RunningScores(int outputs) {
        classes = Math.max(2, outputs);
        agreement = new ClassAgreement(classes);
    }

    /** Adds a step's loss and prediction, [B, K, (D,) H, W]. */
    void add(double stepLoss, Tensor logits, BatchTensors batch) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            agreement.add(PASS, confusion(logits.detach(), batch));
        }
        loss += stepLoss;
        steps++;
    }

    /** Pixels that do not count are counted behind all pairs of classes. */
    private Confusion confusion(Tensor logits, BatchTensors batch) {
        int pairs = classes * classes;
        Tensor index = classes(logits, 0).mul(new Scalar(classes)).add(classes(batch.target(), 0.5));
        if (batch.valid().has_value()) {
            index = index.masked_fill(batch.valid().get().eq(new Scalar(0)), new Scalar(pairs));
        }
        double[] counted = StateDict.doubles(torch.bincount(index.flatten(), new TensorOptional(), pairs + 1L)
                .to(ScalarType.Double));
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < pairs; i++) {
            counts[i / classes][i % classes] = (long) counted[i];
        }
        return Confusion.ofCounts(counts);
    }

    /** [B, 1, (D,) H, W]: above the threshold for one output, otherwise the one with the most. */
    private static Tensor classes(Tensor scores, double threshold) {
        Tensor found =
                scores.size(1) == 1 ? scores.gt(new Scalar(threshold)) : scores.argmax(new LongOptional(1), true);
        return found.to(ScalarType.Long);
    }

    /** So far; NaN before the first step. */
    Scores mean() {
        return new Scores(loss / steps, agreement.dice(), agreement.iou());
    }
}
