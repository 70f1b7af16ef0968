package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Convolutions to logits, then upsampling to the size of the image: [B, in, (D/f,) H/f, W/f] to [B, K, (D,) H, W]. */
public final class OutputHead extends Layer {

    private final List<ConvBnRelu> convs = new ArrayList<>();
    private final List<Integer> factors;
    private final boolean alignCorners;

    private OutputHead(List<ConvBnRelu> chain, List<Integer> factors, boolean alignCorners) {
        for (int i = 0; i < chain.size(); i++) {
            convs.add(child(Integer.toString(i), chain.get(i)));
        }
        this.factors = factors;
        this.alignCorners = alignCorners;
    }

    /**
     * The head on the deepest fused map, whose channels are reduced first.
     *
     * @param widths of the map, behind the reduction, and of the logits
     */
    static OutputHead deep(Scales scales, Widths widths, boolean alignCorners) {
        Kernel wide = Kernel.of(scales, 3);
        List<ConvBnRelu> chain = List.of(
                ConvBnRelu.activated(Kernel.of(scales, 1), widths.in, widths.hidden),
                ConvBnRelu.activated(wide, widths.hidden, widths.hidden),
                ConvBnRelu.plain(wide, widths.hidden, widths.classes));
        return new OutputHead(chain, scales.patch(), alignCorners);
    }

    /** The head on a map of four cells per patch. */
    static OutputHead fine(Scales scales, int in, int classes, boolean alignCorners) {
        Kernel wide = Kernel.of(scales, 3);
        List<ConvBnRelu> chain = List.of(ConvBnRelu.activated(wide, in, in), ConvBnRelu.plain(wide, in, classes));
        return new OutputHead(chain, scales.head(), alignCorners);
    }

    /**
     * Channels of the deep head.
     *
     * @param in of the map
     * @param hidden inside
     * @param classes of the logits
     */
    record Widths(int in, int hidden, int classes) {}

    Tensor forward(Tensor map, String tap, Taps taps) {
        Tensor logits = map;
        for (ConvBnRelu conv : convs) {
            logits = conv.forward(logits);
        }
        return Tensors.upsample(taps.see(tap, logits), factors, alignCorners);
    }
}
