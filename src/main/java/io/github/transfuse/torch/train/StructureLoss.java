package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.ShapeText;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The structure loss of the reference recipe (first used by F3Net, AAAI 2020): weighted cross-entropy plus weighted IoU,
 * where pixels near a boundary count up to six times.
 *
 * <p>All methods take logits of float32 or float64 and are differentiable in them.
 */
public final class StructureLoss {

    private static final int WINDOW = 31;
    /** Of volumes, which have fewer voxels along an axis than images have pixels. */
    private static final int WINDOW_OF_VOLUMES = 15;

    private static final double BOUNDARY_GAIN = 5;

    private StructureLoss() {}

    /**
     * How much every pixel counts: 1 + 5 |mean of the target in a 31 x 31 window - target|, in volumes 15 x 15 x
     * 15, less along shorter axes. The window is padded with zeros and always divided by its size, so a foreground
     * touching the border counts more.
     *
     * @param target [B, K, (D,) H, W] in [0, 1]
     * @return [B, K, (D,) H, W] in [1, 6]
     */
    public static Tensor boundaryWeight(Tensor target) {
        Tensor mean = target;
        for (int axis = 0; axis < target.dim() - 2; axis++) {
            mean = average(mean, axis);
        }
        return mean.sub(target).abs().mul(new Scalar(BOUNDARY_GAIN)).add(new Scalar(1));
    }

    /** The average along one axis; strips one after the other cost a fifteenth of a square. */
    private static Tensor average(Tensor x, int axis) {
        boolean volume = x.dim() == 5;
        int window = volume ? windowOfVolumes(x.size(2 + axis)) : WINDOW;
        long[] kernel = volume ? new long[] {1, 1, 1} : new long[] {1, 1};
        long[] step = kernel.clone();
        long[] padding = new long[kernel.length];
        kernel[axis] = window;
        padding[axis] = window / 2;
        return volume
                ? torch.avg_pool3d(x, kernel, step, padding, false, true, new LongOptional())
                : torch.avg_pool2d(x, kernel, step, padding, false, true, new LongOptional());
    }

    /** Odd, and no longer than the axis, as libtorch asks of volumes. */
    private static int windowOfVolumes(long length) {
        return (int) Math.min(WINDOW_OF_VOLUMES, length - (length + 1) % 2);
    }

    /**
     * The loss of independent foreground probabilities (sigmoid).
     *
     * @param logits [B, K, (D,) H, W]
     * @param target [B, K, (D,) H, W] in [0, 1]; soft values allowed
     * @param valid [B, 1, H, W], 1 where the pixel counts and 0 where it is ignored
     * @return a scalar: the mean over batch and channels
     */
    public static Tensor binary(Tensor logits, Tensor target, TensorOptional valid) {
        Tensor weight = masked(boundaryWeight(target), valid);
        Tensor entropy = torch.binary_cross_entropy_with_logits(
                logits, target, new TensorOptional(), new TensorOptional(), torch.Reduction.None.value);
        Tensor mass = overPixels(weight);
        Tensor weighted = overPixels(weight.mul(entropy)).div(mass.clamp_min(new Scalar(1e-12)));
        Tensor probability = torch.sigmoid(logits);
        Tensor intersection = overPixels(probability.mul(target).mul(weight));
        Tensor union = overPixels(probability.add(target).mul(weight));
        return weighted.add(iouLoss(intersection, union)).mean();
    }

    /**
     * The loss of exclusive classes (softmax); class 0 is the background.
     *
     * @param logits [B, K, (D,) H, W] with K &gt; 1
     * @param target one-hot [B, K, H, W]
     * @param valid as for {@link #binary}
     * @return a scalar: weighted cross-entropy plus the mean IoU loss of the foreground classes
     */
    public static Tensor multiclass(Tensor logits, Tensor target, TensorOptional valid) {
        Tensor weight = masked(boundaryWeight(target).amax(new long[] {1}, true), valid);
        Tensor logProbability = torch.log_softmax(logits, 1, new ScalarTypeOptional());
        Tensor entropy = logProbability
                .mul(target)
                .sum(new long[] {1}, true, new ScalarTypeOptional())
                .neg();
        Tensor mass = overPixels(weight).clamp_min(new Scalar(1e-12));
        Tensor weighted = overPixels(weight.mul(entropy)).div(mass);
        long foreground = logits.size(1) - 1;
        Tensor probability = logProbability.exp().narrow(1, 1, foreground);
        Tensor truth = target.narrow(1, 1, foreground);
        Tensor intersection = overPixels(probability.mul(truth).mul(weight));
        Tensor union = overPixels(probability.add(truth).mul(weight));
        return weighted.mean().add(iouLoss(intersection, union).mean());
    }

    private static Tensor masked(Tensor weight, TensorOptional valid) {
        return valid.has_value() ? weight.mul(valid.get()) : weight;
    }

    /** 1 - (I + 1) / (U - I + 1). */
    private static Tensor iouLoss(Tensor intersection, Tensor sum) {
        Tensor union = sum.sub(intersection).add(new Scalar(1));
        return intersection.add(new Scalar(1)).div(union).neg().add(new Scalar(1));
    }

    private static Tensor overPixels(Tensor map) {
        return map.sum(ShapeText.pixelAxes(map), false, new ScalarTypeOptional());
    }
}
