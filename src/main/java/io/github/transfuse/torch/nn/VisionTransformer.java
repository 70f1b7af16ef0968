package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Variant;
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
    private final int gridRows;
    private final int gridColumns;
    private final PatchEmbedding embedding;
    private final List<TransformerBlock> blocks = new ArrayList<>();
    private final LayerNorm norm;

    VisionTransformer(Transformer transformer, int channels) {
        int dim = transformer.dim();
        gridRows = transformer.grid().get(0);
        gridColumns = transformer.grid().get(1);
        classToken = parameter("cls_token", torch.zeros(1, 1, dim));
        positions = parameter("pos_embed", torch.zeros(1, (long) gridRows * gridColumns, dim));
        embedding = child("patch_embed", new PatchEmbedding(channels, dim, Variant.patch()));
        Blocks list = child("blocks", new Blocks());
        for (int i = 0; i < transformer.blocks(); i++) {
            blocks.add(list.add(new TransformerBlock(dim, transformer.heads()), i));
        }
        norm = child("norm", new LayerNorm(dim));
    }

    /** [B, C, H, W] to [B, E, H/16, W/16]. */
    Tensor forward(Tensor image, Taps taps) {
        long rows = image.size(2) / Variant.patch();
        long columns = image.size(3) / Variant.patch();
        Tensor tokens = taps.see("tok_embed", embedding.forward(image));
        tokens = tokens.add(PositionTable.resize(positions, gridRows, gridColumns, rows, columns));
        for (int i = 0; i < blocks.size(); i++) {
            tokens = blocks.get(i).forward(tokens);
            if (i == 0) {
                taps.see("tok_block0", tokens);
            }
        }
        tokens = taps.see("tok_out", norm.forward(tokens)); // B, N, E
        return tokens.transpose(1, 2).reshape(image.size(0), tokens.size(2), rows, columns);
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
