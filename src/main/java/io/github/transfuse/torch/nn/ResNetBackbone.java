package io.github.transfuse.torch.nn;

import io.github.transfuse.network.ResNetSpec;
import io.github.transfuse.network.StageSpec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The CNN branch: a ResNet up to its third stage, with torchvision's names. */
public final class ResNetBackbone extends Layer {

    private final Conv conv1;
    private final BatchNorm bn1;
    private final List<Stage> stages = new ArrayList<>();
    private final Pooling pooling;
    private final double dropout;

    ResNetBackbone(ResNetSpec spec, double dropout) {
        conv1 = child(spec.conv(), Conv::new);
        bn1 = child(spec.norm(), BatchNorm::new);
        spec.stages().forEach(part -> stages.add(child(part, Stage::new)));
        pooling = new Pooling(spec.pooling());
        this.dropout = dropout;
    }

    /**
     * What the branch finds.
     *
     * @param stem the map before its pooling; for planes [B, 64, H/2, W/2]
     * @param stages the maps of the three stages, the finest first
     */
    record Maps(Tensor stem, List<Tensor> stages) {}

    /**
     * The maps of the stem and of the three stages, the finest first; for planes g2 [B, c1, H/4, W/4], g1 [B, c2, H/8, W/8] and g0 [B,
     * c3, H/16, W/16], for volumes at 1/4, 1/2 and 1 patch per cell too.
     *
     * @param image [B, C, (D,) H, W]
     */
    Maps forward(Tensor image, Taps taps) {
        Tensor stem = torch.relu_(bn1.forward(conv1.forward(image)));
        Tensor map = pooling.apply(stem);
        taps.see("stem", map);
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            // Dropped channels are missing in the next stage too, as in the reference.
            map = torch.feature_dropout(stages.get(i).forward(map), dropout, training());
            maps.add(taps.see("g" + (stages.size() - 1 - i), map));
        }
        return new Maps(stem, maps);
    }

    /** The first convolution. */
    public Conv stem() {
        return conv1;
    }

    /** The first convolution with its norm. */
    public Folded foldedStem() {
        return conv1.absorb(bn1);
    }

    /** Behind the stem. */
    public Pooling pooling() {
        return pooling;
    }

    /** The blocks of each stage. */
    public List<List<ResidualBlock>> stages() {
        return stages.stream().map(stage -> List.copyOf(stage.blocks)).toList();
    }

    /** A stage: blocks of one resolution, the first of which halves it (but not in the first stage). */
    private static final class Stage extends Layer {
        private final List<ResidualBlock> blocks = new ArrayList<>();

        Stage(StageSpec spec) {
            spec.blocks().forEach(part -> blocks.add(child(part, ResidualBlock::new)));
        }

        Tensor forward(Tensor x) {
            Tensor map = x;
            for (ResidualBlock block : blocks) {
                map = block.forward(map);
            }
            return map;
        }
    }
}
