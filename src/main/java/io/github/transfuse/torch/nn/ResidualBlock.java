package io.github.transfuse.torch.nn;

import io.github.transfuse.network.ResidualBlockSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

    ResidualBlock(ResidualBlockSpec spec) {
        for (int i = 0; i < spec.convs().size(); i++) {
            convs.add(child(spec.convs().get(i), Conv::new));
            norms.add(child(spec.norms().get(i), BatchNorm::new));
        }
        downsample = spec.shortcut().map(part -> child(part, PointwiseBn::new));
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

    /** The convolutions of the chain. */
    public List<Conv> convs() {
        return List.copyOf(convs);
    }

    /** Each with its norm. */
    public List<Folded> folded() {
        return IntStream.range(0, convs.size())
                .mapToObj(i -> convs.get(i).absorb(norms.get(i)))
                .toList();
    }

    /** The projection of the shortcut, where there is one. */
    public Optional<PointwiseBn> downsample() {
        return downsample;
    }
}
