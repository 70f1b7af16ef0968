package io.github.transfuse.torch.nn;

import io.github.transfuse.network.Start;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Random starting weights, as the reference has them without pretrained backbones: DeiT's rules for the transformer,
 * torchvision's for the ResNet, He initialisation for the rest. Norms keep factor 1 and offset 0, and the position table
 * starts at zero.
 */
public final class Initialization {

    private Initialization() {}

    /** Fills the network; the same seed gives the same weights. Sets libtorch's global seed. */
    public static void random(TransFuseNetwork network, long seed) {
        torch.manual_seed(seed);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Map<String, Tensor> tensors = network.stateDict();
            network.layers().state().forEach((key, spec) -> fill(tensors.get(key), spec.start()));
        }
    }

    private static void fill(Tensor tensor, Start start) {
        switch (start.law()) {
            case NORMAL -> tensor.normal_(0, start.number(), new GeneratorOptional());
            case UNIFORM -> tensor.uniform_(-start.number(), start.number(), new GeneratorOptional());
            default -> tensor.fill_(new Scalar(start.number()));
        }
    }
}
