package io.github.transfuse.torch.nn;

import io.github.transfuse.network.HeadSpec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Convolutions to logits, then upsampling to the size of the image: [B, in, (D/f,) H/f, W/f] to [B, K, (D,) H, W]. */
public final class OutputHead extends Layer {

    private final List<ConvBnRelu> convs = new ArrayList<>();
    private final List<Integer> factors;
    private final boolean alignCorners;

    OutputHead(HeadSpec spec, boolean alignCorners) {
        spec.convs().layers().forEach(part -> convs.add(child(part, ConvBnRelu::new)));
        this.factors = spec.factors();
        this.alignCorners = alignCorners;
    }

    Tensor forward(Tensor map, String tap, Taps taps) {
        Tensor logits = map;
        for (ConvBnRelu conv : convs) {
            logits = conv.forward(logits);
        }
        return Tensors.upsample(taps.see(tap, logits), factors, alignCorners);
    }

    /** The convolutions in their order, the last without norm and ReLU. */
    public List<ConvBnRelu> convs() {
        return List.copyOf(convs);
    }
}
