package io.github.transfuse.torch.nn;

import io.github.transfuse.network.BottleneckSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pre-activation bottleneck: three times BN, ReLU and convolution (1x1, 3x3, 1x1 over out / 2 channels), beside a
 * shortcut of the raw input; [B, in, H, W] to [B, out, H, W]. The shortcut's convolution is part of the state dictionary
 * even where in equals out and it is not used.
 */
public final class ResidualBottleneck extends Layer {

    private final List<BatchNorm> norms = new ArrayList<>();
    private final List<ConvBnRelu> convs = new ArrayList<>();
    private final ConvBnRelu shortcut;
    private final boolean projects;

    ResidualBottleneck(BottleneckSpec spec) {
        for (int i = 0; i < spec.convs().size(); i++) {
            norms.add(child(spec.norms().get(i), BatchNorm::new));
            convs.add(child(spec.convs().get(i), ConvBnRelu::new));
        }
        shortcut = child(spec.shortcut(), ConvBnRelu::new);
        projects = spec.projects();
    }

    Tensor forward(Tensor x) {
        Tensor hidden = x;
        for (int i = 0; i < convs.size(); i++) {
            hidden = convs.get(i).forward(torch.relu_(norms.get(i).forward(hidden)));
        }
        return hidden.add(projects ? shortcut.forward(x) : x);
    }

    /** The norm of the raw input, which a ReLU parts from the first convolution. */
    public BatchNorm norm() {
        return norms.get(0);
    }

    /** The convolutions, each with the norm of the next one folded into it; a ReLU follows all but the last. */
    public List<Folded> folded() {
        List<Folded> chain = new ArrayList<>();
        for (int i = 1; i < convs.size(); i++) {
            chain.add(convs.get(i - 1).conv().absorb(norms.get(i)));
        }
        chain.add(convs.get(convs.size() - 1).conv().folded());
        return chain;
    }

    /** The projection of the shortcut, where there is one. */
    public Optional<Folded> shortcut() {
        return projects ? Optional.of(shortcut.folded()) : Optional.empty();
    }
}
