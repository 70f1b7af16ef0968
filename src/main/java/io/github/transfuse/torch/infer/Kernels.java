package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.Folded;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The heavy operations of a network, with their weights bound and prepared once. Convolutions have "same" padding. All
 * operations belong to the kernels and end with them.
 */
interface Kernels extends AutoCloseable {

    /**
     * The fastest kernels of this build of libtorch on this processor.
     *
     * @param format of weights and activations: float32 or bf16
     */
    static Kernels fastest(ScalarType format) {
        return OneDnnKernels.available(format) ? new OneDnnKernels(format) : new TorchKernels(format);
    }

    /** A convolution and an activation. */
    Unary conv(Folded weights, int stride, Activation activation);

    /** A convolution with stride 1, joined with another map, then an activation. */
    Binary conv(Folded weights, Join join, Activation activation);

    /** A fully connected layer over the last axis and an activation. */
    Unary linear(Folded weights, Activation activation);

    /** A fully connected layer over the last axis, to whose result another tensor is added. */
    Binary linearAdd(Folded weights);

    @Override
    void close();

    /** How two maps become one. */
    enum Join {
        /** Sum. */
        ADD("add"),
        /** Product. */
        MULTIPLY("mul");

        private final String attribute;

        Join(String attribute) {
            this.attribute = attribute;
        }

        /** As the fused operations of libtorch call it. */
        String attribute() {
            return attribute;
        }

        /** Joined in place. */
        Tensor apply(Tensor own, Tensor other) {
            return this == ADD ? own.add_(other) : own.mul_(other);
        }
    }

    /** An operation on one tensor. */
    @FunctionalInterface
    interface Unary {
        /** Computes. */
        Tensor apply(Tensor x);
    }

    /** An operation on a tensor whose result is joined with another. */
    @FunctionalInterface
    interface Binary {
        /** Computes from x and joins the result with the other tensor, which is left as it is. */
        Tensor apply(Tensor x, Tensor other);
    }
}
