package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.ConvBnRelu;
import io.github.transfuse.torch.nn.Folded;
import io.github.transfuse.torch.nn.Linear;
import io.github.transfuse.torch.nn.PointwiseBn;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the parts of a compiled network are built with.
 *
 * @param kernels heavy operations
 * @param kept where other tensors are kept
 * @param format of activations
 * @param attention how tokens attend
 */
record Builder(Kernels kernels, Kept kept, ScalarType format, Attention attention) {

    /** A convolution of stride 1 and an activation. */
    Unary conv(Folded weights, Activation activation) {
        return kernels.conv(weights, 1, activation);
    }

    /** A convolution with its batch normalisation, if there is one, and an activation. */
    Unary conv(ConvBnRelu unit, Activation activation) {
        return kernels.conv(unit.folded(), unit.conv().stride(), activation);
    }

    /** The same. */
    Unary conv(PointwiseBn unit, Activation activation) {
        return kernels.conv(unit.folded(), unit.conv().stride(), activation);
    }

    /** A fully connected layer and an activation. */
    Unary linear(Linear layer, Activation activation) {
        return kernels.linear(layer.folded(), activation);
    }

    /** A fully connected layer whose result is added to another tensor. */
    Binary linearAdd(Linear layer) {
        return kernels.linearAdd(layer.folded());
    }

    /** A tensor of the network as it is, in float32. */
    Tensor tensor(Tensor stored) {
        return kept.keep(stored.detach().to(ScalarType.Float));
    }
}
