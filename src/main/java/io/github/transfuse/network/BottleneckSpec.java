package io.github.transfuse.network;

import java.util.List;

/**
 * A pre-activation bottleneck: three times norm, ReLU and convolution beside a shortcut. The shortcut's convolution is
 * part of the state dictionary even where it is not used.
 *
 * @param norms before each convolution
 * @param convs 1x1, 3x3 and 1x1 over half of the channels
 * @param shortcut of the raw input
 */
public record BottleneckSpec(List<Part<NormSpec>> norms, List<Part<UnitSpec>> convs, Part<UnitSpec> shortcut)
        implements LayerSpec {

    static BottleneckSpec of(Scales scales, int in, int out) {
        Kernel one = Kernel.of(scales, 1);
        int hidden = out / 2;
        return new BottleneckSpec(
                List.of(
                        new Part<>("bn1", new NormSpec(in)),
                        new Part<>("bn2", new NormSpec(hidden)),
                        new Part<>("bn3", new NormSpec(hidden))),
                List.of(
                        new Part<>("conv1", UnitSpec.plain(ConvSpec.biased(one, in, hidden))),
                        new Part<>("conv2", UnitSpec.plain(ConvSpec.biased(Kernel.of(scales, 3), hidden, hidden))),
                        new Part<>("conv3", UnitSpec.plain(ConvSpec.biased(one, hidden, out)))),
                new Part<>("skip_layer", UnitSpec.plain(ConvSpec.biased(one, in, out))));
    }

    /** Whether the shortcut is projected: where the widths differ. */
    public boolean projects() {
        ConvSpec conv = shortcut.layer().conv().layer();
        return conv.in() != conv.out();
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(norms.get(0), convs.get(0), norms.get(1), convs.get(1), norms.get(2), convs.get(2), shortcut);
    }
}
