package io.github.transfuse.torch.infer;

import io.github.transfuse.model.Variant;
import io.github.transfuse.model.Variant.Transformer;
import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.LayerNorm;
import io.github.transfuse.torch.nn.PositionTable;
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
    private final Transformer transformer;
    private final Unary embedding;
    private final Tensor positions;
    private final Map<List<Long>, Tensor> tables = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Norm norm;

    CompiledTransformer(Builder builder, Transformer transformer) {
        this.builder = builder;
        this.transformer = transformer;
        Folded patches = builder.weights().plain("transformer.patch_embed.proj");
        embedding =
                builder.kernels().linear(new Folded(patches.weight().flatten(1, -1), patches.bias()), Activation.NONE);
        positions = builder.tensor("transformer.pos_embed");
        for (int i = 0; i < transformer.blocks(); i++) {
            blocks.add(new Block(builder, "transformer.blocks." + i + ".", transformer.heads()));
        }
        norm = new Norm(builder, "transformer.norm");
    }

    /** [B, C, H, W] to [B, E, H/16, W/16], channels last. */
    Tensor apply(Tensor image) {
        long patch = Variant.patch();
        long rows = image.size(2) / patch;
        long columns = image.size(3) / patch;
        Tensor patches = image.reshape(image.size(0), image.size(1), rows, patch, columns, patch)
                .permute(0, 2, 4, 1, 3, 5) // B, rows, columns, C, p, p
                .reshape(image.size(0), rows * columns, image.size(1) * patch * patch)
                .to(builder.format());
        Tensor tokens = embedding.apply(patches).add_(table(rows, columns));
        for (Block block : blocks) {
            tokens = block.apply(tokens);
        }
        tokens = norm.apply(tokens); // B, N, E: a map with its channels last
        return tokens.reshape(image.size(0), rows, columns, tokens.size(2)).permute(0, 3, 1, 2);
    }

    private Tensor table(long rows, long columns) {
        List<Long> size = List.of(rows, columns);
        if (!tables.containsKey(size) && tables.size() == MAX_TABLES) {
            List<Long> oldest = tables.keySet().iterator().next();
            tables.remove(oldest).close();
        }
        return tables.computeIfAbsent(size, wanted -> {
            long[] from = {transformer.grid().get(0), transformer.grid().get(1)};
            Tensor table = PositionTable.resize(positions, from, new long[] {rows, columns})
                    .to(builder.format())
                    .contiguous();
            return builder.kept().keep(table);
        });
    }

    private static final class Norm {
        private final TensorOptional weight;
        private final TensorOptional bias;
        private final long[] shape;

        Norm(Builder builder, String prefix) {
            Tensor factor = tensor(builder, prefix + ".weight");
            shape = new long[] {factor.size(0)};
            weight = builder.kept().keep(new TensorOptional(factor));
            bias = builder.kept().keep(new TensorOptional(tensor(builder, prefix + ".bias")));
        }

        /** On CUDA the operation wants all in one format; elsewhere float32 is taken and better. */
        private static Tensor tensor(Builder builder, String key) {
            Tensor stored = builder.tensor(key);
            return stored.is_cuda() ? builder.kept().keep(stored.to(builder.format())) : stored;
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

        Block(Builder builder, String prefix, int heads) {
            this.heads = heads;
            attention = builder.attention();
            norm1 = new Norm(builder, prefix + "norm1");
            qkv = builder.kernels().linear(builder.weights().plain(prefix + "attn.qkv"), Activation.NONE);
            proj = builder.kernels().linearAdd(builder.weights().plain(prefix + "attn.proj"));
            norm2 = new Norm(builder, prefix + "norm2");
            fc1 = builder.kernels().linear(builder.weights().plain(prefix + "mlp.fc1"), Activation.GELU);
            fc2 = builder.kernels().linearAdd(builder.weights().plain(prefix + "mlp.fc2"));
        }

        Tensor apply(Tensor x) {
            Tensor attended = proj.apply(attention.apply(qkv.apply(norm1.apply(x)), heads), x);
            return fc2.apply(fc1.apply(norm2.apply(attended)), attended);
        }
    }
}
