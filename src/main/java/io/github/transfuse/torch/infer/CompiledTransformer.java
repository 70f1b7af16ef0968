package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.LayerNorm;
import io.github.transfuse.torch.nn.Patches;
import io.github.transfuse.torch.nn.PositionTable;
import io.github.transfuse.torch.nn.TransformerBlock;
import io.github.transfuse.torch.nn.VisionTransformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The transformer branch: patches are cut out and embedded by one matrix product, sums are part of the products. */
final class CompiledTransformer {

    /** Sizes whose position tables are remembered; a model sees one size, rarely a few. */
    private static final int MAX_TABLES = 8;

    private final Builder builder;
    private final Patches patches;
    private final long[] grid;
    private final Unary embedding;
    private final Tensor positions;
    private final Map<List<Long>, Tensor> tables = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Norm norm;

    CompiledTransformer(Builder builder, VisionTransformer transformer) {
        this.builder = builder;
        patches = transformer.embedding().patches();
        grid = transformer.grid();
        embedding = builder.kernels().linear(transformer.embedding().folded(), Activation.NONE);
        positions = builder.tensor(transformer.positions());
        transformer.blocks().forEach(block -> blocks.add(new Block(builder, block)));
        norm = new Norm(builder, transformer.norm());
    }

    /** [B, C, H, W] to [B, E, H/16, W/16], channels last. */
    Tensor apply(Tensor image) {
        long[] cells = patches.cells(image);
        Tensor cut = patches.cut(image).to(builder.format());
        Tensor tokens = embedding.apply(cut).add_(table(cells[0], cells[1]));
        for (Block block : blocks) {
            tokens = block.apply(tokens);
        }
        tokens = norm.apply(tokens); // B, N, E: a map with its channels last
        return tokens.reshape(image.size(0), cells[0], cells[1], tokens.size(2)).permute(0, 3, 1, 2);
    }

    private Tensor table(long rows, long columns) {
        List<Long> size = List.of(rows, columns);
        if (!tables.containsKey(size) && tables.size() == MAX_TABLES) {
            List<Long> oldest = tables.keySet().iterator().next();
            tables.remove(oldest).close();
        }
        return tables.computeIfAbsent(size, wanted -> {
            Tensor table = PositionTable.resize(positions, grid, new long[] {rows, columns})
                    .to(builder.format())
                    .contiguous();
            return builder.kept().keep(table);
        });
    }

    private static final class Norm {
        private final TensorOptional weight;
        private final TensorOptional bias;
        private final long[] shape;

        Norm(Builder builder, LayerNorm layer) {
            Tensor factor = tensor(builder, layer.weight());
            shape = new long[] {factor.size(0)};
            weight = builder.kept().keep(new TensorOptional(factor));
            bias = builder.kept().keep(new TensorOptional(tensor(builder, layer.bias())));
        }

        /** On CUDA the operation wants all in one format; elsewhere float32 is taken and better. */
        private static Tensor tensor(Builder builder, Tensor stored) {
            Tensor exact = builder.tensor(stored);
            return exact.is_cuda() ? builder.kept().keep(exact.to(builder.format())) : exact;
        }

        Tensor apply(Tensor x) {
            return torch.layer_norm(x, shape, weight, bias, LayerNorm.EPS, false);
        }
    }

    private static final class Block {
        private final Norm norm1;
        private final Unary qkv;
        private final Binary proj;
        private final Norm norm2;
        private final Unary fc1;
        private final Binary fc2;
        private final int heads;
        private final Attention attention;

        Block(Builder builder, TransformerBlock block) {
            heads = block.attention().heads();
            attention = builder.attention();
            norm1 = new Norm(builder, block.norm1());
            qkv = builder.linear(block.attention().qkv(), Activation.NONE);
            proj = builder.linearAdd(block.attention().proj());
            norm2 = new Norm(builder, block.norm2());
            fc1 = builder.linear(block.fc1(), Activation.GELU);
            fc2 = builder.linearAdd(block.fc2());
        }

        Tensor apply(Tensor x) {
            Tensor attended = proj.apply(attention.apply(qkv.apply(norm1.apply(x)), heads), x);
            return fc2.apply(fc1.apply(norm2.apply(attended)), attended);
        }
    }
}
