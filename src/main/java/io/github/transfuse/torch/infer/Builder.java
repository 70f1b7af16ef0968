package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the parts of a compiled network are built with.
 *
 * @param weights folded weights
 * @param kernels heavy operations
 * @param kept where other tensors are kept
 * @param format of activations
 * @param attention how tokens attend
 */
record Builder(FoldedWeights weights, Kernels kernels, Kept kept, ScalarType format, Attention attention) {

    /** A convolution with its batch normalisation and an activation. */
    Unary conv(String conv, String norm, Activation activation) {
        return kernels.conv(weights.normalized(conv, norm), 1, activation);
    }

    /** The same with a stride. */
    Unary strided(String conv, String norm, int stride, Activation activation) {
        return kernels.conv(weights.normalized(conv, norm), stride, activation);
    }

    /** A convolution without batch normalisation. */
    Unary conv(String conv, Activation activation) {
        return kernels.conv(weights.plain(conv), 1, activation);
    }

    /** A convolution with its batch normalisation, joined with another map. */
    Binary join(String conv, String norm, Join join, Activation activation) {
        return kernels.conv(weights.normalized(conv, norm), join, activation);
    }

    /** A tensor of the state dictionary as it is, in float32. */
    Tensor tensor(String key) {
        return kept.keep(weights.get(key).to(ScalarType.Float));
    }
}
