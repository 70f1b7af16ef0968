package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of a ResNet: a chain of convolutions with their norms beside a shortcut.
 *
 * @param convs the chain
 * @param norms the norm behind each
 * @param shortcut the projection of the shortcut, where the shapes differ
 */
public record ResidualBlockSpec(
        List<Part<ConvSpec>> convs, List<Part<NormSpec>> norms, Optional<Part<PointwiseSpec>> shortcut)
        implements LayerSpec {

    /** Two 3x3 convolutions, the stride on the first. */
    static ResidualBlockSpec basic(Scales scales, int in, int out, int stride) {
        return of(
                List.of(
                        ConvSpec.residual(Kernel.strided(scales, 3, stride), in, out),
                        ConvSpec.residual(Kernel.of(scales, 3), out, out)),
                shortcut(scales, in, out, stride));
    }

    /** 1x1, 3x3 with the stride, 1x1, over a quarter of the channels. */
    static ResidualBlockSpec bottleneck(Scales scales, int in, int out, int stride) {
        int hidden = out / 4;
        return of(
                List.of(
                        ConvSpec.residual(Kernel.of(scales, 1), in, hidden),
                        ConvSpec.residual(Kernel.strided(scales, 3, stride), hidden, hidden),
                        ConvSpec.residual(Kernel.of(scales, 1), hidden, out)),
                shortcut(scales, in, out, stride));
    }

    private static Optional<PointwiseSpec> shortcut(Scales scales, int in, int out, int stride) {
        return in == out && stride == 1
                ? Optional.empty()
                : Optional.of(PointwiseSpec.projection(scales, in, out, stride));
    }

    private static ResidualBlockSpec of(List<ConvSpec> chain, Optional<PointwiseSpec> shortcut) {
        List<Part<ConvSpec>> convs = new ArrayList<>();
        List<Part<NormSpec>> norms = new ArrayList<>();
        for (ConvSpec conv : chain) {
            convs.add(new Part<>("conv" + (convs.size() + 1), conv));
            norms.add(new Part<>("bn" + convs.size(), new NormSpec(conv.out())));
        }
        return new ResidualBlockSpec(convs, norms, shortcut.map(layer -> new Part<>("downsample", layer)));
    }

    @Override
    public List<Part<?>> parts() {
        List<Part<?>> parts = new ArrayList<>();
        for (int i = 0; i < convs.size(); i++) {
            parts.add(convs.get(i));
            parts.add(norms.get(i));
        }
        shortcut.ifPresent(parts::add);
        return parts;
    }
}
