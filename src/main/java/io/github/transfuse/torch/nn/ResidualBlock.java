package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A block of a ResNet (He et al., arXiv:1512.03385): a chain of convolutions beside a shortcut. Basic blocks have two
 * 3x3 convolutions; bottlenecks have 1x1, 3x3 and 1x1 with a quarter of the channels inside and the stride on the 3x3.
 */
public final class ResidualBlock extends Layer {

    private final List<Conv> convs = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();
    private final Optional<PointwiseBn> downsample;

    private ResidualBlock(List<Conv> chain, List<Integer> widths, Optional<PointwiseBn> downsample) {
        for (int i = 0; i < chain.size(); i++) {
            convs.add(child("conv" + (i + 1), chain.get(i)));
            norms.add(child("bn" + (i + 1), new BatchNorm(widths.get(i))));
        }
        this.downsample = downsample.map(layer -> child("downsample", layer));
    }

    /** Two 3x3 convolutions, the stride on the first. */
    static ResidualBlock basic(Scales scales, int in, int out, int stride) {
        List<Conv> chain = List.of(
                new Conv(Kernel.strided(scales, 3, stride), in, out, false),
                new Conv(Kernel.of(scales, 3), out, out, false));
        return new ResidualBlock(chain, List.of(out, out), shortcut(scales, in, out, stride));
    }

    /** 1x1, 3x3 with the stride, 1x1. */
    static ResidualBlock bottleneck(Scales scales, int in, int out, int stride) {
        int hidden = out / 4;
        List<Conv> chain = List.of(
                new Conv(Kernel.of(scales, 1), in, hidden, false),
                new Conv(Kernel.strided(scales, 3, stride), hidden, hidden, false),
                new Conv(Kernel.of(scales, 1), hidden, out, false));
        return new ResidualBlock(chain, List.of(hidden, hidden, out), shortcut(scales, in, out, stride));
    }

    private static Optional<PointwiseBn> shortcut(Scales scales, int in, int out, int stride) {
        return in == out && stride == 1
                ? Optional.empty()
                : Optional.of(PointwiseBn.projection(scales, in, out, stride));
    }

    /** [B, in, H, W] to [B, out, H / stride, W / stride]. */
    Tensor forward(Tensor x) {
        Tensor hidden = x;
        int last = convs.size() - 1;
        for (int i = 0; i < last; i++) {
            hidden = torch.relu_(norms.get(i).forward(convs.get(i).forward(hidden)));
        }
        hidden = norms.get(last).forward(convs.get(last).forward(hidden));
        return torch.relu_(hidden.add(downsample.map(d -> d.forward(x)).orElse(x)));
    }
}
