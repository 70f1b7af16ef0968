package io.github.transfuse.torch.nn;

import io.github.transfuse.network.UnitSpec;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A convolution, then batch normalisation and ReLU where asked for. */
public final class ConvBnRelu extends Layer {

    private final Conv conv;
    private final Optional<BatchNorm> bn;
    private final boolean relu;

    ConvBnRelu(UnitSpec spec) {
        conv = child(spec.conv(), Conv::new);
        bn = spec.norm().map(norm -> child(norm, BatchNorm::new));
        relu = spec.relu();
    }

    Tensor forward(Tensor x) {
        Tensor convolved = conv.forward(x);
        Tensor normalized = bn.map(layer -> layer.forward(convolved)).orElse(convolved);
        return relu ? torch.relu_(normalized) : normalized;
    }

    /** The convolution. */
    public Conv conv() {
        return conv;
    }

    /** The convolution with its batch normalisation, without the ReLU. */
    public Folded folded() {
        return bn.map(conv::absorb).orElseGet(conv::folded);
    }
}
