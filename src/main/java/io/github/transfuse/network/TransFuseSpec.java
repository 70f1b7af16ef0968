package io.github.transfuse.network;

import java.util.ArrayList;
import java.util.Collection;
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
 * @param decoders the two or three gated steps of the decoder
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

    private static final String THIRD_STAGE = "up_c_3_2";

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
                        new Part<>("final_1", HeadSpec.fine(scales, fine, classes, scales.head())),
                        new Part<>("final_2", HeadSpec.fine(scales, last(variant), classes, variant.cell()))),
                fusions(variant),
                decoders(variant));
    }

    /** Whether these names of a state dictionary are of a network with a third stage of the decoder. */
    public static boolean hasThirdStage(Collection<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(THIRD_STAGE + "."));
    }

    /** Beginnings of the names of the tensors that networks with and without a third stage of the decoder do not share. */
    public List<String> finest() {
        return List.of(THIRD_STAGE + ".", heads.get(2).name() + ".");
    }

    private static int last(Variant variant) {
        return variant.decoder().get(variant.decoder().size() - 1);
    }

    private static List<Part<GatedUpBlockSpec>> decoders(Variant variant) {
        Scales scales = variant.scales();
        int mid = variant.decoder().get(0);
        int fine = variant.decoder().get(1);
        List<Part<GatedUpBlockSpec>> steps = new ArrayList<>();
        steps.add(new Part<>("up_c_1_2", GatedUpBlockSpec.of(scales, variant.fused(), mid, mid)));
        steps.add(new Part<>("up_c_2_2", GatedUpBlockSpec.of(scales, mid, fine, fine)));
        if (variant.isFine()) {
            steps.add(new Part<>(
                    THIRD_STAGE, GatedUpBlockSpec.of(scales, fine, ResNetSpec.STEM_CHANNELS, last(variant))));
        }
        return List.copyOf(steps);
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
        List<Part<?>> parts = new ArrayList<>(List.of(
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
                fusions.get(2)));
        parts.addAll(decoders.subList(1, decoders.size()));
        return parts;
    }
}
