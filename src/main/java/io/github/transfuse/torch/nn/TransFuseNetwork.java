package io.github.transfuse.torch.nn;

import io.github.transfuse.network.FusionSpec;
import io.github.transfuse.network.HeadSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.TransFuseSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * TransFuse (arXiv:2102.08005): a CNN and a transformer see the same image side by side, {@link BiFusion} joins them
 * with 1, 2 and 4 cells per patch and axis (for planes, at 1/16, 1/8 and 1/4 of its size), gated decoder steps lead back
 * up, and three heads predict (deep supervision). Fine variants go one step further up, to the CNN's map before its
 * pooling.
 *
 * <p>Made for any row of {@link io.github.transfuse.network.Variant}, any number of channels and classes, and any input size that is a multiple of
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
    private final BiFusion fusion2;
    private final List<GatedUpBlock> decoders = new ArrayList<>();
    private final TransFuseSpec layers;
    private final double dropout;

    /**
     * A network of zeros.
     *
     * @param dropout probability of dropping a channel in training behind each stage; fusions have half of it
     */
    public TransFuseNetwork(NetworkSpec spec, double dropout) {
        this.dropout = dropout;
        layers = TransFuseSpec.of(spec);
        resnet = child(layers.resnet(), part -> new ResNetBackbone(part, dropout));
        transformer = child(layers.transformer(), VisionTransformer::new);
        up1 = child(layers.up().get(0), UpBlock::new);
        up2 = child(layers.up().get(1), UpBlock::new);
        headX = child(layers.heads().get(0), this::head);
        head1 = child(layers.heads().get(1), this::head);
        head2 = child(layers.heads().get(2), this::head);
        fusion0 = child(layers.fusions().get(0), this::fusion);
        fusion1 = child(layers.fusions().get(1), this::fusion);
        decoders.add(child(layers.decoders().get(0), GatedUpBlock::new));
        fusion2 = child(layers.fusions().get(2), this::fusion);
        layers.decoders().stream().skip(1).forEach(part -> decoders.add(child(part, GatedUpBlock::new)));
    }

    private OutputHead head(HeadSpec part) {
        return new OutputHead(part, spec().alignCorners());
    }

    private BiFusion fusion(FusionSpec part) {
        return new BiFusion(part, dropout / 2);
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
        ResNetBackbone.Maps maps = resnet.forward(image, taps);
        List<Tensor> g = maps.stages();
        Tensor f0 = taps.see("f0", fusion0.forward(g.get(2), t0, 0, taps));
        Tensor f1 = taps.see("f1", fusion1.forward(g.get(1), t1, 1, taps));
        Tensor f2 = taps.see("f2", fusion2.forward(g.get(0), t2, 2, taps));
        Tensor decoded = f0;
        List<Tensor> skips = List.of(f1, f2, maps.stem());
        for (int i = 0; i < decoders.size(); i++) {
            decoded = taps.see("fh" + (i + 1), decoders.get(i).forward(decoded, skips.get(i), i + 1, taps));
        }
        return new Logits(
                headX.forward(f0, "logit_x_low", taps),
                head1.forward(t2, "logit_1_low", taps),
                head2.forward(decoded, "logit_2_low", taps));
    }

    private Tensor drop(Tensor map) {
        return torch.feature_dropout(map, dropout, training());
    }

    private void check(Tensor image) {
        Scales scales = spec().variant().scales();
        List<Integer> size = Arrays.stream(ShapeText.of(image))
                .skip(2)
                .mapToObj(Math::toIntExact)
                .toList();
        if (!scales.divide(size) || image.size(1) != spec().channels()) {
            throw new IllegalArgumentException("The network takes batches of " + spec().channels() + "-channel "
                    + (scales.axes() == 2 ? "images whose height and width" : "volumes whose depth, height and width")
                    + " are multiples of " + scales.patch() + ", not a tensor of shape " + ShapeText.toString(image)
                    + ".");
        }
    }

    /** What this network is. */
    public NetworkSpec spec() {
        return layers.network();
    }

    /** Its layers as a description. */
    public TransFuseSpec layers() {
        return layers;
    }

    /** The trained tensors of both branches, which may start pretrained, in the order of the state dictionary. */
    public List<Tensor> pretrained() {
        List<Tensor> found = new ArrayList<>(resnet.namedParameters().values());
        found.addAll(transformer.namedParameters().values());
        return found;
    }

    /** All other trained tensors, in the order of the state dictionary. */
    public List<Tensor> untrained() {
        return children()
                .filter(part -> part != resnet && part != transformer)
                .flatMap(part -> part.namedParameters().values().stream())
                .toList();
    }

    /** The CNN branch. */
    public ResNetBackbone resnet() {
        return resnet;
    }

    /** The transformer branch. */
    public VisionTransformer transformer() {
        return transformer;
    }

    /** The steps that bring the transformer's map up. */
    public List<UpBlock> up() {
        return List.of(up1, up2);
    }

    /** The fusions, the deepest first. */
    public List<BiFusion> fusions() {
        return List.of(fusion0, fusion1, fusion2);
    }

    /** The gated steps of the decoder. */
    public List<GatedUpBlock> decoders() {
        return List.copyOf(decoders);
    }

    /** The head of the prediction. */
    public OutputHead head() {
        return head2;
    }
}
