package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.Folded;
import io.github.transfuse.torch.nn.Pooling;
import io.github.transfuse.torch.nn.ResNetBackbone;
import io.github.transfuse.torch.nn.ResidualBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** The CNN branch: every convolution with its norm and ReLU is one operation, the last of a block with its shortcut too. */
final class CompiledBackbone {

    private final Unary stem;
    private final Pooling pooling;
    private final List<List<Block>> stages = new ArrayList<>();

    CompiledBackbone(Builder builder, ResNetBackbone resnet) {
        stem = builder.kernels().conv(resnet.foldedStem(), resnet.stem().stride(), Activation.RELU);
        pooling = resnet.pooling();
        for (List<ResidualBlock> blocks : resnet.stages()) {
            stages.add(blocks.stream().map(block -> Block.of(builder, block)).toList());
        }
    }

    /**
     * What the branch finds.
     *
     * @param stem the map before its pooling
     * @param stages the maps of the three stages, the finest first
     */
    record Maps(Tensor stem, List<Tensor> stages) {}

    Maps apply(Tensor image) {
        Tensor first = stem.apply(image);
        Tensor map = pooling.apply(first);
        List<Tensor> maps = new ArrayList<>();
        for (List<Block> blocks : stages) {
            for (Block block : blocks) {
                map = block.apply(map);
            }
            maps.add(map);
        }
        return new Maps(first, maps);
    }

    private record Block(List<Unary> chain, Binary last, Optional<Unary> shortcut) {

        static Block of(Builder builder, ResidualBlock block) {
            List<Folded> folded = block.folded();
            int end = folded.size() - 1;
            List<Unary> chain = new ArrayList<>();
            for (int i = 0; i < end; i++) {
                chain.add(builder.kernels()
                        .conv(folded.get(i), block.convs().get(i).stride(), Activation.RELU));
            }
            Binary last = builder.kernels().conv(folded.get(end), Join.ADD, Activation.RELU);
            return new Block(chain, last, block.downsample().map(layer -> builder.conv(layer, Activation.NONE)));
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
