package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import io.github.transfuse.model.Variant.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The transformer branch: DeiT (arXiv:2012.12877) or ViT without its class token, which stays in the state dictionary
 * but is never used. The stored position table is resampled to the token grid of the image at hand.
 */
public final class VisionTransformer extends Layer {

    private final Tensor classToken;
    private final Tensor positions;
    private final Scales scales;
    private final long[] grid;
    private final PatchEmbedding embedding;
    private final List<TransformerBlock> blocks = new ArrayList<>();
    private final LayerNorm norm;

    VisionTransformer(Scales scales, Transformer transformer, int channels) {
        int dim = transformer.dim();
        this.scales = scales;
        grid = transformer.grid().stream().mapToLong(Integer::longValue).toArray();
        classToken = parameter("cls_token", torch.zeros(1, 1, dim));
        positions = parameter("pos_embed", torch.zeros(1, transformer.tokens(), dim));
        embedding = child("patch_embed", new PatchEmbedding(channels, dim, scales.patch()));
        Blocks list = child("blocks", new Blocks());
        for (int i = 0; i < transformer.blocks(); i++) {
            blocks.add(list.add(new TransformerBlock(dim, transformer.heads()), i));
        }
        norm = child("norm", new LayerNorm(dim));
    }

    /** [B, C, (D,) H, W] to [B, E, grid], one cell a patch. */
    Tensor forward(Tensor image, Taps taps) {
        long[] cells = new long[grid.length];
        long[] map = new long[2 + grid.length];
        for (int axis = 0; axis < grid.length; axis++) {
            cells[axis] = image.size(2 + axis) / scales.patch().get(axis);
            map[2 + axis] = cells[axis];
        }
        Tensor tokens = taps.see("tok_embed", embedding.forward(image));
        tokens = tokens.add(PositionTable.resize(positions, grid, cells));
        for (int i = 0; i < blocks.size(); i++) {
            tokens = blocks.get(i).forward(tokens);
            if (i == 0) {
                taps.see("tok_block0", tokens);
            }
        }
        tokens = taps.see("tok_out", norm.forward(tokens)); // B, N, E
        map[0] = image.size(0);
        map[1] = tokens.size(2);
        return tokens.transpose(1, 2).reshape(map);
    }

    /** Part of the state dictionary, never used in the forward pass; [1, 1, E]. */
    public Tensor classToken() {
        return classToken;
    }

    /** The patch embedding, which sees the image's channels. */
    public PatchEmbedding embedding() {
        return embedding;
    }

    /** Blocks named by number. */
    private static final class Blocks extends Layer {
        TransformerBlock add(TransformerBlock block, int index) {
            return child(Integer.toString(index), block);
        }
    }
}
