package io.github.transfuse.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolution.
 *
 * @param kernel window and step
 * @param weight kernels, [out, in, (k,) k, k]
 * @param bias one number per output channel, if there are any
 */
public record ConvSpec(Kernel kernel, TensorSpec weight, Optional<TensorSpec> bias) implements LayerSpec {

    private static final String BIAS = "bias";

    /** He initialisation by what comes in, with offsets: the rule outside of the branches. */
    static ConvSpec biased(Kernel kernel, int in, int out) {
        double bound = bound(kernel, in);
        return of(kernel, in, out, new Start(Start.Law.NORMAL, Math.sqrt(2) * bound), Optional.of(bound));
    }

    /** The same without offsets. */
    static ConvSpec unbiased(Kernel kernel, int in, int out) {
        return of(kernel, in, out, new Start(Start.Law.NORMAL, Math.sqrt(2) * bound(kernel, in)), Optional.empty());
    }

    /** He initialisation by what goes out, without offsets: torchvision's rule for ResNets. */
    static ConvSpec residual(Kernel kernel, int in, int out) {
        double deviation = Math.sqrt(2 / (out * (double) kernel.area()));
        return of(kernel, in, out, new Start(Start.Law.NORMAL, deviation), Optional.empty());
    }

    /** PyTorch's own rule, with offsets, which DeiT leaves to its patch embedding. */
    static ConvSpec uniform(Kernel kernel, int in, int out) {
        double bound = bound(kernel, in);
        return of(kernel, in, out, new Start(Start.Law.UNIFORM, bound), Optional.of(bound));
    }

    private static double bound(Kernel kernel, int in) {
        return 1 / Math.sqrt(in * (double) kernel.area());
    }

    private static ConvSpec of(Kernel kernel, int in, int out, Start start, Optional<Double> bound) {
        long[] shape = new long[2 + kernel.extent().length];
        shape[0] = out;
        shape[1] = in;
        System.arraycopy(kernel.extent(), 0, shape, 2, kernel.extent().length);
        return new ConvSpec(
                kernel,
                TensorSpec.inner("weight", start, shape),
                bound.map(b -> TensorSpec.inner(BIAS, new Start(Start.Law.UNIFORM, b), out)));
    }

    /** The same convolution, which sees the channels of the image. */
    ConvSpec ofImage() {
        return new ConvSpec(kernel, weight.as(Role.CHANNELS), bias);
    }

    /** The same convolution, whose outputs are the classes. */
    ConvSpec toClasses() {
        return new ConvSpec(kernel, weight.as(Role.CLASSES), bias.map(b -> b.as(Role.CLASSES)));
    }

    /** Channels that come in. */
    public int in() {
        return Math.toIntExact(weight.shape().get(1));
    }

    /** Channels that go out. */
    public int out() {
        return Math.toIntExact(weight.shape().get(0));
    }

    @Override
    public List<TensorSpec> tensors() {
        return Stream.concat(Stream.of(weight), bias.stream()).toList();
    }
}
