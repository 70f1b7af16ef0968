package io.github.transfuse.torch.nn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Random starting weights, as the reference has them without pretrained backbones: DeiT's rules for the transformer,
 * torchvision's for the ResNet, He initialisation for the rest. Norms keep factor 1 and offset 0, and the position table
 * starts at zero.
 */
public final class Initialization {

    private static final double TRANSFORMER_STD = 0.02;

    private Initialization() {}

    /** Fills the network; the same seed gives the same weights. Sets libtorch's global seed. */
    public static void random(TransFuseNetwork network, long seed) {
        torch.manual_seed(seed);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            network.visit("", Initialization::fill);
        }
    }

    private static void fill(String prefix, Layer layer) {
        if (layer instanceof Conv conv) {
            fill(prefix, conv);
        } else if (layer instanceof Linear linear) {
            truncatedNormal(linear.weight());
        } else if (layer instanceof VisionTransformer transformer) {
            truncatedNormal(transformer.classToken());
        }
    }

    private static void fill(String prefix, Conv conv) {
        Tensor weight = conv.weight();
        double area = (double) weight.numel() / weight.size(0) / weight.size(1);
        double bound = 1 / Math.sqrt(weight.size(1) * area);
        if (prefix.startsWith("transformer.")) {
            weight.uniform_(-bound, bound, new GeneratorOptional());
        } else if (prefix.startsWith("resnet.")) {
            weight.normal_(0, Math.sqrt(2 / (weight.size(0) * area)), new GeneratorOptional());
        } else {
            weight.normal_(0, Math.sqrt(2) * bound, new GeneratorOptional());
        }
        conv.bias().ifPresent(bias -> bias.uniform_(-bound, bound, new GeneratorOptional()));
    }

    /** The reference cuts at an absolute 2, a hundred standard deviations away: the tail needs no cutting. */
    private static void truncatedNormal(Tensor tensor) {
        tensor.normal_(0, TRANSFORMER_STD, new GeneratorOptional());
    }
}
