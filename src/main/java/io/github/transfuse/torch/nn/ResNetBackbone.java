package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Variant.Cnn;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The CNN branch: a ResNet up to its third stage, with torchvision's names. */
public final class ResNetBackbone extends Layer {

    private static final int STEM_CHANNELS = 64;

    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final List<Stage> stages = new ArrayList<>();
    private final double dropout;

    ResNetBackbone(Cnn cnn, int channels, double dropout) {
        conv1 = child("conv1", new Conv2d(channels, STEM_CHANNELS, 7, 2, false));
        bn1 = child("bn1", new BatchNorm2d(STEM_CHANNELS));
        int in = STEM_CHANNELS;
        for (int i = 0; i < cnn.channels().size(); i++) {
            stages.add(child("layer" + (i + 1), new Stage(cnn, i, in)));
            in = cnn.channels().get(i);
        }
        this.dropout = dropout;
    }

    /**
     * The maps of the three stages, the finest first: g2 [B, c1, H/4, W/4], g1 [B, c2, H/8, W/8], g0 [B, c3, H/16,
     * W/16].
     *
     * @param image [B, C, H, W]
     */
    List<Tensor> forward(Tensor image, Taps taps) {
        long[] two = {2, 2};
        Tensor stem = torch.relu_(bn1.forward(conv1.forward(image)));
        Tensor map = torch.max_pool2d(stem, new long[] {3, 3}, two, new long[] {1, 1}, new long[] {1, 1}, false);
        taps.see("stem", map);
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            // Dropped channels are missing in the next stage too, as in the reference.
            map = torch.feature_dropout(stages.get(i).forward(map), dropout, training());
            maps.add(taps.see("g" + (stages.size() - 1 - i), map));
        }
        return maps;
    }

    /** The first convolution, which sees the image's channels. */
    public Conv2d stem() {
        return conv1;
    }

    /** A stage: blocks of one resolution, the first of which halves it (but not in the first stage). */
    private static final class Stage extends Layer {
        private final List<ResidualBlock> blocks = new ArrayList<>();

        Stage(Cnn cnn, int index, int in) {
            int out = cnn.channels().get(index);
            for (int i = 0; i < cnn.blocks().get(index); i++) {
                int blockIn = i == 0 ? in : out;
                int stride = i == 0 && index > 0 ? 2 : 1;
                ResidualBlock block = cnn.bottleneck()
                        ? ResidualBlock.bottleneck(blockIn, out, stride)
                        : ResidualBlock.basic(blockIn, out, stride);
                blocks.add(child(Integer.toString(i), block));
            }
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
