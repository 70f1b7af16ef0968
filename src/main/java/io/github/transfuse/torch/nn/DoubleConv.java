package io.github.transfuse.torch.nn;

import io.github.transfuse.network.DoubleConvSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two 3x3 convolutions with batch normalisation beside a 1x1 shortcut: [B, in, H, W] to [B, out, H, W]. */
public final class DoubleConv extends Layer {

    private final Stack stack;
    private final PointwiseBn identity;

    DoubleConv(DoubleConvSpec spec) {
        stack = child(spec.stack(), Stack::new);
        identity = child(spec.identity(), PointwiseBn::new);
    }

    Tensor forward(Tensor x) {
        return torch.relu_(stack.forward(x).add(identity.forward(x)));
    }

    /** The first convolution with its norm; a ReLU follows. */
    public Folded first() {
        return stack.first.absorb(stack.firstBn);
    }

    /** The second convolution with its norm. */
    public Folded second() {
        return stack.second.absorb(stack.secondBn);
    }

    /** The shortcut with its norm. */
    public Folded identity() {
        return identity.folded();
    }

    /** Convolution, norm, ReLU, convolution, norm. */
    private static final class Stack extends Layer {
        private final Conv first;
        private final BatchNorm firstBn;
        private final Conv second;
        private final BatchNorm secondBn;

        Stack(DoubleConvSpec.Stack spec) {
            first = child(spec.first(), Conv::new);
            firstBn = child(spec.firstNorm(), BatchNorm::new);
            second = child(spec.second(), Conv::new);
            secondBn = child(spec.secondNorm(), BatchNorm::new);
        }

        Tensor forward(Tensor x) {
            Tensor hidden = torch.relu_(firstBn.forward(first.forward(x)));
            return secondBn.forward(second.forward(hidden));
        }
    }
}
