package io.github.transfuse.network;

import java.util.List;

/**
 * All layers of a TransFuse network under the names of the published state dictionaries.
 *
 * @param network which one
 * @param resnet the CNN branch
 * @param transformer the transformer branch
 * @param up the two steps that bring the transformer's map up
 * @param heads the three heads: deep, transformer, fused
 * @param fusions from the deepest to the finest
 * @param decoders the two gated steps of the decoder
 */
public record TransFuseSpec(
        NetworkSpec network,
        Part<ResNetSpec> resnet,
        Part<TransformerSpec> transformer,
        List<Part<UpBlockSpec>> up,
        List<Part<HeadSpec>> heads,
        List<Part<FusionSpec>> fusions,
        List<Part<GatedUpBlockSpec>> decoders)
        implements LayerSpec {

    /** The layers of a network. */
    public static TransFuseSpec of(NetworkSpec network) {
        Variant variant = network.variant();
        Scales scales = variant.scales();
        int token = variant.transformer().dim();
        int mid = variant.decoder().get(0);
        int fine = variant.decoder().get(1);
        int deep = variant.fused();
        int classes = network.classes();
        return new TransFuseSpec(
                network,
                new Part<>("resnet", ResNetSpec.of(scales, variant.cnn(), network.channels())),
                new Part<>("transformer", TransformerSpec.of(scales, variant.transformer(), network.channels())),
                List.of(
                        new Part<>("up1", UpBlockSpec.of(scales, token, mid)),
                        new Part<>("up2", UpBlockSpec.of(scales, mid, fine))),
                List.of(
                        new Part<>("final_x", HeadSpec.deep(scales, deep, fine, classes)),
                        new Part<>("final_1", HeadSpec.fine(scales, fine, classes)),
                        new Part<>("final_2", HeadSpec.fine(scales, fine, classes))),
                fusions(variant),
                List.of(
                        new Part<>("up_c_1_2", GatedUpBlockSpec.of(scales, deep, mid, mid)),
                        new Part<>("up_c_2_2", GatedUpBlockSpec.of(scales, mid, fine, fine))));
    }

    private static List<Part<FusionSpec>> fusions(Variant variant) {
        List<Integer> cnn = variant.cnn().channels();
        int mid = variant.decoder().get(0);
        int fine = variant.decoder().get(1);
        int token = variant.transformer().dim();
        int deep = variant.fused();
        return List.of(
                fusion("up_c", variant, new FusionSpec.Widths(cnn.get(2), token, 4, deep)),
                fusion("up_c_1_1", variant, new FusionSpec.Widths(cnn.get(1), mid, 2, mid)),
                fusion("up_c_2_1", variant, new FusionSpec.Widths(cnn.get(0), fine, 1, fine)));
    }

    private static Part<FusionSpec> fusion(String name, Variant variant, FusionSpec.Widths widths) {
        return new Part<>(name, FusionSpec.of(variant.scales(), widths));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(
                resnet,
                transformer,
                up.get(0),
                up.get(1),
                heads.get(0),
                heads.get(1),
                heads.get(2),
                fusions.get(0),
                fusions.get(1),
                decoders.get(0),
                fusions.get(2),
                decoders.get(1));
    }
}
