package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two 3x3 convolutions with batch normalisation beside a 1x1 shortcut: [B, in, H, W] to [B, out, H, W]. */
public final class DoubleConv extends Layer {

    private final Stack stack;
    private final PointwiseBn identity;

    DoubleConv(Scales scales, int in, int out) {
        stack = child("double_conv", new Stack(Kernel.of(scales, 3), in, out));
        identity = child("identity", PointwiseBn.pointwise(scales, in, out));
    }

    Tensor forward(Tensor x) {
        return torch.relu_(stack.forward(x).add(identity.forward(x)));
    }

    /** conv, BN, ReLU, conv, BN, named by their places 0, 1, 3 and 4. */
    private static final class Stack extends Layer {
        private final Conv first;
        private final BatchNorm firstBn;
        private final Conv second;
        private final BatchNorm secondBn;

        Stack(Kernel kernel, int in, int out) {
            first = child("0", new Conv(kernel, in, out, true));
            firstBn = child("1", new BatchNorm(out));
            second = child("3", new Conv(kernel, out, out, true));
            secondBn = child("4", new BatchNorm(out));
        }

        Tensor forward(Tensor x) {
            Tensor hidden = torch.relu_(firstBn.forward(first.forward(x)));
            return secondBn.forward(second.forward(hidden));
        }
    }
}
