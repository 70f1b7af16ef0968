package io.github.transfuse.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row of numbers that makes one TransFuse network out of the common building blocks: the widths of the CNN branch, of
 * the transformer branch and of the decoder. No variant has code of its own.
 *
 * @param name as written in {@code model.json} and on the command line
 * @param cnn the CNN branch (ResNet up to its third stage)
 * @param transformer the transformer branch (DeiT/ViT without class token in the forward pass)
 * @param decoder channels of t1 and t2 behind up1 and up2, for S 128 and 64; f1, f2 and the decoder stages have them too
 * @param fused channels of f0, the deepest fused map, and of its bilinear product (S: 256)
 */
public record Variant(String name, Cnn cnn, Transformer transformer, List<Integer> decoder, int fused) {

    /** Small, the variant of the paper: ResNet-34 and eight blocks of DeiT-small; 26.2 M parameters. */
    public static final Variant S = new Variant(
            "S",
            new Cnn(false, List.of(3, 4, 6), List.of(64, 128, 256)),
            new Transformer(384, 8, 6, 12, 16),
            List.of(128, 64),
            256);

    /** Large: ResNet-50 and DeiT-base; 143.5 M parameters. */
    public static final Variant L = new Variant(
            "L",
            new Cnn(true, List.of(3, 4, 6), List.of(256, 512, 1024)),
            new Transformer(768, 12, 12, 12, 16),
            List.of(512, 256),
            1024);

    /** Large with the position table of 384 x 512 pixel inputs. */
    public static final Variant L384 =
            new Variant("L384", L.cnn(), new Transformer(768, 12, 12, 24, 32), L.decoder(), L.fused());

    /** Tiny: ResNet-18 and eight blocks of ViT-tiny with the decoder of S; 9.6 M parameters. The default. */
    public static final Variant T = new Variant(
            "T",
            new Cnn(false, List.of(2, 2, 2), List.of(64, 128, 256)),
            new Transformer(192, 8, 3, 14, 14),
            List.of(128, 64),
            256);

    private static final List<Variant> ALL = List.of(T, S, L, L384);

    /** Copies the lists. */
    public Variant {
        decoder = List.copyOf(decoder);
    }

    /** All named variants, the default first. */
    public static List<Variant> all() {
        return ALL;
    }

    /**
     * The variant of this name, in any case; {@code L-384} is understood too.
     *
     * @throws IllegalArgumentException naming the known variants
     */
    public static Variant of(String name) {
        String wanted = name.replace("-", "").toUpperCase(Locale.ROOT);
        Optional<Variant> found =
                ALL.stream().filter(v -> v.name.equals(wanted)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("Unknown variant '" + name + "'. Known are "
                + ALL.stream().map(Variant::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Size of one token's patch in pixels, and so the number that every input size is a multiple of. */
    public static int patch() {
        return 16;
    }

    /**
     * The CNN branch.
     *
     * @param bottleneck whether blocks are bottlenecks (ResNet-50) instead of basic blocks (ResNet-18, -34)
     * @param blocks blocks of each of the three stages
     * @param channels output channels of each of the three stages, at 1/4, 1/8 and 1/16 of the input size
     */
    public record Cnn(boolean bottleneck, List<Integer> blocks, List<Integer> channels) {
        /** Copies the lists. */
        public Cnn {
            blocks = List.copyOf(blocks);
            channels = List.copyOf(channels);
        }
    }

    /**
     * The transformer branch.
     *
     * @param dim embedding dimension
     * @param blocks number of blocks
     * @param heads attention heads; dim / heads is 64 in all variants
     * @param gridRows rows of the stored position table
     * @param gridColumns columns of the stored position table
     */
    public record Transformer(int dim, int blocks, int heads, int gridRows, int gridColumns) {
        /** The same transformer with another stored position table. */
        public Transformer withGrid(int rows, int columns) {
            return new Transformer(dim, blocks, heads, rows, columns);
        }
    }

    /** The same variant with the position table stored for another token grid. */
    public Variant withGrid(int rows, int columns) {
        return new Variant(name, cnn, transformer.withGrid(rows, columns), decoder, fused);
    }

    /** The grid of the stored position table: rows, columns. */
    public int[] grid() {
        return Arrays.copyOf(new int[] {transformer.gridRows(), transformer.gridColumns()}, 2);
    }
}
