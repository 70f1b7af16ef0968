package io.github.transfuse.torch.nn;

import io.github.transfuse.network.Numbered;
import io.github.transfuse.network.TransformerBlockSpec;
import io.github.transfuse.network.TransformerSpec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The transformer branch: DeiT (arXiv:2012.12877) or ViT without its class token, which stays in the state dictionary
 * but is never used. The stored position table is resampled to the token grid of the image at hand.
 */
public final class VisionTransformer extends Layer {

    private final Tensor positions;
    private final long[] grid;
    private final PatchEmbedding embedding;
    private final Blocks blocks;
    private final LayerNorm norm;

    VisionTransformer(TransformerSpec spec) {
        grid = spec.grid().stream().mapToLong(Integer::longValue).toArray();
        parameter(spec.classToken());
        positions = parameter(spec.positions());
        embedding = child(spec.patches(), PatchEmbedding::new);
        blocks = child(spec.blocks(), Blocks::new);
        norm = child(spec.norm(), LayerNorm::new);
    }

    /** [B, C, (D,) H, W] to [B, E, grid], one cell a patch. */
    Tensor forward(Tensor image, Taps taps) {
        long[] cells = embedding.patches().cells(image);
        Tensor tokens = taps.see("tok_embed", embedding.forward(image));
        tokens = tokens.add(PositionTable.resize(positions, grid, cells));
        for (int i = 0; i < blocks.list.size(); i++) {
            tokens = blocks.list.get(i).forward(tokens);
            if (i == 0) {
                taps.see("tok_block0", tokens);
            }
        }
        tokens = taps.see("tok_out", norm.forward(tokens)); // B, N, E
        long[] map = new long[2 + cells.length];
        map[0] = image.size(0);
        map[1] = tokens.size(2);
        System.arraycopy(cells, 0, map, 2, cells.length);
        return tokens.transpose(1, 2).reshape(map);
    }

    /** The patch embedding, which sees the image's channels. */
    public PatchEmbedding embedding() {
        return embedding;
    }

    /** The stored table of positions, [1, tokens, E]. */
    public Tensor positions() {
        return positions;
    }

    /** Tokens along each axis for which the table is stored. */
    public long[] grid() {
        return grid.clone();
    }

    /** The blocks in their order. */
    public List<TransformerBlock> blocks() {
        return List.copyOf(blocks.list);
    }

    /** Behind the last block. */
    public LayerNorm norm() {
        return norm;
    }

    /** Blocks named by number. */
    private static final class Blocks extends Layer {
        private final List<TransformerBlock> list = new ArrayList<>();

        Blocks(Numbered<TransformerBlockSpec> spec) {
            spec.layers().forEach(part -> list.add(child(part, TransformerBlock::new)));
        }
    }
}
