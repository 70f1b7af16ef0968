package io.github.transfuse.torch.nn;

import io.github.transfuse.model.NetworkSpec;
import io.github.transfuse.model.Scales;
import io.github.transfuse.model.Variant;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * TransFuse (arXiv:2102.08005): a CNN and a transformer see the same image side by side, {@link BiFusion} joins them
 * with 1, 2 and 4 cells per patch and axis (for planes, at 1/16, 1/8 and 1/4 of its size), gated decoder steps lead back
 * up, and three heads predict (deep supervision).
 *
 * <p>Made for any row of {@link Variant}, any number of channels and classes, and any input size that is a multiple of
 * the patch size. Volumes take the same layers along three axes. Tensors are float32 and zero until
 * {@link Initialization} or {@link StateDict} fills them.
 */
public final class TransFuseNetwork extends Layer {

    private final ResNetBackbone resnet;
    private final VisionTransformer transformer;
    private final UpBlock up1;
    private final UpBlock up2;
    private final OutputHead headX;
    private final OutputHead head1;
    private final OutputHead head2;
    private final BiFusion fusion0;
    private final BiFusion fusion1;
    private final GatedUpBlock decoder1;
    private final BiFusion fusion2;
    private final GatedUpBlock decoder2;
    private final NetworkSpec spec;
    private final double dropout;

    /**
     * A network of zeros.
     *
     * @param dropout probability of dropping a channel in training behind each stage; fusions have half of it
     */
    public TransFuseNetwork(NetworkSpec spec, double dropout) {
        this.spec = spec;
        this.dropout = dropout;
        Variant variant = spec.variant();
        int token = variant.transformer().dim();
        int mid = variant.decoder().get(0);
        int fine = variant.decoder().get(1);
        int deep = variant.fused();
        List<Integer> cnn = variant.cnn().channels();
        boolean align = spec.alignCorners();
        Scales scales = variant.scales();
        resnet = child("resnet", new ResNetBackbone(scales, variant.cnn(), spec.channels(), dropout));
        transformer = child("transformer", new VisionTransformer(scales, variant.transformer(), spec.channels()));
        up1 = child("up1", new UpBlock(scales, token, mid));
        up2 = child("up2", new UpBlock(scales, mid, fine));
        headX = child("final_x", OutputHead.deep(scales, new OutputHead.Widths(deep, fine, spec.classes()), align));
        head1 = child("final_1", OutputHead.fine(scales, fine, spec.classes(), align));
        head2 = child("final_2", OutputHead.fine(scales, fine, spec.classes(), align));
        fusion0 = child("up_c", new BiFusion(scales, new BiFusion.Widths(cnn.get(2), token, 4, deep), dropout / 2));
        fusion1 = child("up_c_1_1", new BiFusion(scales, new BiFusion.Widths(cnn.get(1), mid, 2, mid), dropout / 2));
        decoder1 = child("up_c_1_2", new GatedUpBlock(scales, deep, mid, mid));
        fusion2 = child("up_c_2_1", new BiFusion(scales, new BiFusion.Widths(cnn.get(0), fine, 1, fine), dropout / 2));
        decoder2 = child("up_c_2_2", new GatedUpBlock(scales, mid, fine, fine));
    }

    /** {@link #forward(Tensor, Taps)} unwatched. */
    public Logits forward(Tensor image) {
        return forward(image, Taps.NONE);
    }

    /**
     * Computes all three outputs.
     *
     * @param image [B, C, (D,) H, W], normalised; D, H and W multiples of the patch size
     * @throws IllegalArgumentException for another number of channels or size
     */
    public Logits forward(Tensor image, Taps taps) {
        check(image);
        Tensor t0 = taps.see("t0", drop(transformer.forward(image, taps)));
        Tensor t1 = taps.see("t1", drop(up1.forward(t0)));
        Tensor t2 = taps.see("t2", drop(up2.forward(t1)));
        List<Tensor> g = resnet.forward(image, taps);
        Tensor f0 = taps.see("f0", fusion0.forward(g.get(2), t0, 0, taps));
        Tensor f1 = taps.see("f1", fusion1.forward(g.get(1), t1, 1, taps));
        Tensor f2 = taps.see("f2", fusion2.forward(g.get(0), t2, 2, taps));
        Tensor h1 = taps.see("fh1", decoder1.forward(f0, f1, 1, taps));
        Tensor h2 = taps.see("fh2", decoder2.forward(h1, f2, 2, taps));
        return new Logits(
                headX.forward(f0, "logit_x_low", taps),
                head1.forward(t2, "logit_1_low", taps),
                head2.forward(h2, "logit_2_low", taps));
    }

    private Tensor drop(Tensor map) {
        return torch.feature_dropout(map, dropout, training());
    }

    private void check(Tensor image) {
        Scales scales = spec.variant().scales();
        List<Integer> size = Arrays.stream(Shapes.of(image))
                .skip(2)
                .mapToObj(Math::toIntExact)
                .toList();
        if (!scales.divide(size) || image.size(1) != spec.channels()) {
            throw new IllegalArgumentException("The network takes batches of " + spec.channels() + "-channel "
                    + (scales.axes() == 2 ? "images whose height and width" : "volumes whose depth, height and width")
                    + " are multiples of " + scales.patch() + ", not a tensor of shape " + Shapes.toString(image)
                    + ".");
        }
    }

    /** What this network is. */
    public NetworkSpec spec() {
        return spec;
    }

    /** The CNN branch. */
    public ResNetBackbone resnet() {
        return resnet;
    }

    /** The transformer branch. */
    public VisionTransformer transformer() {
        return transformer;
    }
}
