package io.github.transfuse.torch.infer;

import io.github.transfuse.model.Variant.Cnn;
import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The CNN branch: every convolution with its norm and ReLU is one operation, the last of a block with its shortcut too. */
final class CompiledBackbone {

    private final Unary stem;
    private final List<List<Block>> stages = new ArrayList<>();

    CompiledBackbone(Builder builder, Cnn cnn) {
        stem = builder.strided("resnet.conv1", "resnet.bn1", 2, Activation.RELU);
        for (int stage = 0; stage < cnn.blocks().size(); stage++) {
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < cnn.blocks().get(stage); i++) {
                String prefix = "resnet.layer" + (stage + 1) + "." + i + ".";
                blocks.add(Block.of(builder, prefix, cnn.bottleneck(), i == 0 && stage > 0 ? 2 : 1));
            }
            stages.add(blocks);
        }
    }

    /** The maps of the three stages, the finest first. */
    List<Tensor> apply(Tensor image) {
        long[] two = {2, 2};
        long[] ones = {1, 1};
        Tensor map = torch.max_pool2d(stem.apply(image), new long[] {3, 3}, two, ones, ones, false);
        List<Tensor> maps = new ArrayList<>();
        for (List<Block> blocks : stages) {
            for (Block block : blocks) {
                map = block.apply(map);
            }
            maps.add(map);
        }
        return maps;
    }

    private record Block(List<Unary> chain, Binary last, Optional<Unary> shortcut) {

        static Block of(Builder builder, String prefix, boolean bottleneck, int stride) {
            int count = bottleneck ? 3 : 2;
            // The stride is on the first 3x3 convolution
            int strided = bottleneck ? 2 : 1;
            List<Unary> chain = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                int step = i == strided ? stride : 1;
                chain.add(builder.strided(prefix + "conv" + i, prefix + "bn" + i, step, Activation.RELU));
            }
            Binary last = builder.join(prefix + "conv" + count, prefix + "bn" + count, Join.ADD, Activation.RELU);
            String down = prefix + "downsample.";
            Optional<Unary> shortcut = builder.weights().has(down + "0.weight")
                    ? Optional.of(builder.strided(down + "0", down + "1", stride, Activation.NONE))
                    : Optional.empty();
            return new Block(chain, last, shortcut);
        }

        Tensor apply(Tensor x) {
            Tensor hidden = x;
            for (Unary conv : chain) {
                hidden = conv.apply(hidden);
            }
            return last.apply(hidden, shortcut.map(s -> s.apply(x)).orElse(x));
        }
    }
}
