package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import io.github.transfuse.model.Variant.Cnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The CNN branch: a ResNet up to its third stage, with torchvision's names. */
public final class ResNetBackbone extends Layer {

    private static final int STEM_CHANNELS = 64;

    private final Conv conv1;
    private final BatchNorm bn1;
    private final List<Stage> stages = new ArrayList<>();
    private final Kernel pooling;
    private final double dropout;

    ResNetBackbone(Scales scales, Cnn cnn, int channels, double dropout) {
        conv1 = child("conv1", new Conv(new Kernel(scales.kernel(7), scales.stem()), channels, STEM_CHANNELS, false));
        bn1 = child("bn1", new BatchNorm(STEM_CHANNELS));
        int in = STEM_CHANNELS;
        for (int i = 0; i < cnn.channels().size(); i++) {
            stages.add(child("layer" + (i + 1), new Stage(scales, cnn, i, in)));
            in = cnn.channels().get(i);
        }
        pooling = pooling(scales.pool());
        this.dropout = dropout;
    }

    /** Windows of 3 where there is something to pool along an axis; slices far apart stay apart. */
    private static Kernel pooling(List<Integer> strides) {
        return new Kernel(strides.stream().map(stride -> stride == 2 ? 3 : 1).toList(), strides);
    }

    /**
     * The maps of the three stages, the finest first; for planes g2 [B, c1, H/4, W/4], g1 [B, c2, H/8, W/8] and g0 [B,
     * c3, H/16, W/16], for volumes at 1/4, 1/2 and 1 patch per cell too.
     *
     * @param image [B, C, (D,) H, W]
     */
    List<Tensor> forward(Tensor image, Taps taps) {
        Tensor map = pooled(torch.relu_(bn1.forward(conv1.forward(image))));
        taps.see("stem", map);
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            // Dropped channels are missing in the next stage too, as in the reference.
            map = torch.feature_dropout(stages.get(i).forward(map), dropout, training());
            maps.add(taps.see("g" + (stages.size() - 1 - i), map));
        }
        return maps;
    }

    private Tensor pooled(Tensor stem) {
        long[] extent = pooling.extent();
        if (Arrays.stream(extent).max().orElseThrow() == 1) {
            return stem;
        }
        long[] stride = pooling.strides();
        return extent.length == 2
                ? torch.max_pool2d(stem, extent, stride, pooling.padding(), pooling.dilation(), false)
                : torch.max_pool3d(stem, extent, stride, pooling.padding(), pooling.dilation(), false);
    }

    /** A stage: blocks of one resolution, the first of which halves it (but not in the first stage). */
    private static final class Stage extends Layer {
        private final List<ResidualBlock> blocks = new ArrayList<>();

        Stage(Scales scales, Cnn cnn, int index, int in) {
            int out = cnn.channels().get(index);
            for (int i = 0; i < cnn.blocks().get(index); i++) {
                int blockIn = i == 0 ? in : out;
                int stride = i == 0 && index > 0 ? 2 : 1;
                ResidualBlock block = cnn.bottleneck()
                        ? ResidualBlock.bottleneck(scales, blockIn, out, stride)
                        : ResidualBlock.basic(scales, blockIn, out, stride);
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
