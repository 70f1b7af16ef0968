package io.github.transfuse.torch.nn;

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

    private final List<Conv2d> convs = new ArrayList<>();
    private final List<BatchNorm2d> norms = new ArrayList<>();
    private final Optional<PointwiseBn> downsample;

    private ResidualBlock(List<Conv2d> chain, List<Integer> widths, Optional<PointwiseBn> downsample) {
        for (int i = 0; i < chain.size(); i++) {
            convs.add(child("conv" + (i + 1), chain.get(i)));
            norms.add(child("bn" + (i + 1), new BatchNorm2d(widths.get(i))));
        }
        this.downsample = downsample.map(layer -> child("downsample", layer));
    }

    /** Two 3x3 convolutions, the stride on the first. */
    static ResidualBlock basic(int in, int out, int stride) {
        List<Conv2d> chain = List.of(new Conv2d(in, out, 3, stride, false), new Conv2d(out, out, 3, false));
        return new ResidualBlock(chain, List.of(out, out), shortcut(in, out, stride));
    }

    /** 1x1, 3x3 with the stride, 1x1. */
    static ResidualBlock bottleneck(int in, int out, int stride) {
        int hidden = out / 4;
        List<Conv2d> chain = List.of(
                new Conv2d(in, hidden, 1, false),
                new Conv2d(hidden, hidden, 3, stride, false),
                new Conv2d(hidden, out, 1, false));
        return new ResidualBlock(chain, List.of(hidden, hidden, out), shortcut(in, out, stride));
    }

    private static Optional<PointwiseBn> shortcut(int in, int out, int stride) {
        return in == out && stride == 1 ? Optional.empty() : Optional.of(PointwiseBn.projection(in, out, stride));
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
