package io.github.transfuse.torch.infer;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights as whole numbers of 8 bits, each output channel with steps of its own.
 *
 * @param numbers -127 to 127, in the shape of the weights
 * @param steps [out]: what a step of a channel is worth
 */
record RoundedWeights(Tensor numbers, Tensor steps) {

    /** -128 is left out, so that a weight and its negative are rounded alike. */
    static final double MAX_NUMBER = 127;

    /** Rounds weights of shape [out, ...]. */
    static RoundedWeights of(Tensor weight) {
        Tensor exact = weight.to(ScalarType.Float);
        long channels = exact.size(0);
        Tensor largest = exact.abs().reshape(channels, -1).amax(new long[] {1}, false);
        // a channel of zeros has no step, but is divided by one
        Tensor steps = largest.div(new Scalar(MAX_NUMBER)).clamp_min(new Scalar(Float.MIN_NORMAL));
        long[] shape = new long[Math.toIntExact(exact.dim())];
        Arrays.fill(shape, 1);
        shape[0] = channels;
        return new RoundedWeights(exact.div(steps.reshape(shape)).round().to(ScalarType.Char), steps);
    }

    /** The steps from the least number to zero: none, because the numbers have signs. */
    Tensor zeroPoints() {
        return torch.zeros_like(steps).to(ScalarType.Int);
    }
}
