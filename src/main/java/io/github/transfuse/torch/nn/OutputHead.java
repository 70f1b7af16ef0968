package io.github.transfuse.torch.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Convolutions to logits, then upsampling to the size of the image: [B, in, H/f, W/f] to [B, K, H, W]. */
public final class OutputHead extends Layer {

    private final List<ConvBnRelu> convs = new ArrayList<>();
    private final int factor;
    private final boolean alignCorners;

    private OutputHead(List<ConvBnRelu> chain, int factor, boolean alignCorners) {
        for (int i = 0; i < chain.size(); i++) {
            convs.add(child(Integer.toString(i), chain.get(i)));
        }
        this.factor = factor;
        this.alignCorners = alignCorners;
    }

    /** The head on the deepest fused map, whose channels are reduced first. */
    static OutputHead deep(int in, int hidden, int classes, boolean alignCorners) {
        List<ConvBnRelu> chain = List.of(
                ConvBnRelu.activated(in, hidden, 1),
                ConvBnRelu.activated(hidden, hidden, 3),
                ConvBnRelu.plain(hidden, classes, 3));
        return new OutputHead(chain, 16, alignCorners);
    }

    /** The head on a map of a quarter of the image's size. */
    static OutputHead fine(int in, int classes, boolean alignCorners) {
        List<ConvBnRelu> chain = List.of(ConvBnRelu.activated(in, in, 3), ConvBnRelu.plain(in, classes, 3));
        return new OutputHead(chain, 4, alignCorners);
    }

    Tensor forward(Tensor map, String tap, Taps taps) {
        Tensor logits = map;
        for (ConvBnRelu conv : convs) {
            logits = conv.forward(logits);
        }
        return Tensors.upsample(taps.see(tap, logits), factor, alignCorners);
    }
}
