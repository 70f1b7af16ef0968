package io.github.transfuse.network;

import java.util.List;

/**
 * Two 3x3 convolutions with batch normalisation beside a 1x1 shortcut.
 *
 * @param stack the two convolutions
 * @param identity the shortcut
 */
public record DoubleConvSpec(Part<Stack> stack, Part<PointwiseSpec> identity) implements LayerSpec {

    static DoubleConvSpec of(Scales scales, int in, int out) {
        return new DoubleConvSpec(
                new Part<>("double_conv", Stack.of(Kernel.of(scales, 3), in, out)),
                new Part<>("identity", PointwiseSpec.biased(scales, in, out)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(stack, identity);
    }

    /**
     * Convolution, norm, ReLU, convolution, norm, named by their places 0, 1, 3 and 4.
     *
     * @param first convolution
     * @param firstNorm behind it
     * @param second convolution
     * @param secondNorm behind it
     */
    public record Stack(
            Part<ConvSpec> first, Part<NormSpec> firstNorm, Part<ConvSpec> second, Part<NormSpec> secondNorm)
            implements LayerSpec {

        private static Stack of(Kernel kernel, int in, int out) {
            return new Stack(
                    new Part<>("0", ConvSpec.biased(kernel, in, out)),
                    new Part<>("1", new NormSpec(out)),
                    new Part<>("3", ConvSpec.biased(kernel, out, out)),
                    new Part<>("4", new NormSpec(out)));
        }

        @Override
        public List<Part<?>> parts() {
            return List.of(first, firstNorm, second, secondNorm);
        }
    }
}
