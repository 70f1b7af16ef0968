package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two 3x3 convolutions with batch normalisation beside a 1x1 shortcut: [B, in, H, W] to [B, out, H, W]. */
public final class DoubleConv extends Layer {

    private final Stack stack;
    private final PointwiseBn identity;

    DoubleConv(int in, int out) {
        stack = child("double_conv", new Stack(in, out));
        identity = child("identity", PointwiseBn.pointwise(in, out));
    }

    Tensor forward(Tensor x) {
        return torch.relu_(stack.forward(x).add(identity.forward(x)));
    }

    /** conv, BN, ReLU, conv, BN, named by their places 0, 1, 3 and 4. */
    private static final class Stack extends Layer {
        private final Conv2d first;
        private final BatchNorm2d firstBn;
        private final Conv2d second;
        private final BatchNorm2d secondBn;

        Stack(int in, int out) {
            first = child("0", new Conv2d(in, out, 3, true));
            firstBn = child("1", new BatchNorm2d(out));
            second = child("3", new Conv2d(out, out, 3, true));
            secondBn = child("4", new BatchNorm2d(out));
        }

        Tensor forward(Tensor x) {
            Tensor hidden = torch.relu_(firstBn.forward(first.forward(x)));
            return secondBn.forward(second.forward(hidden));
        }
    }
}
