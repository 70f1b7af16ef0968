package io.github.transfuse.network;

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
 * @param decoder channels of t1 and t2 behind up1 and up2, for S 128 and 64; f1, f2 and the decoder stages have them too.
 *     A third number adds a stage on the CNN's map before its pooling, with that many channels
 * @param fused channels of f0, the deepest fused map, and of its bilinear product (S: 256)
 * @param scales how finely inputs are divided, along two axes for planes and three for volumes
 */
public record Variant(String name, Cnn cnn, Transformer transformer, List<Integer> decoder, int fused, Scales scales) {

    /** Small, the variant of the paper: ResNet-34 and eight blocks of DeiT-small; 26.2 M parameters. */
    public static final Variant S = new Variant(
            "S",
            new Cnn(false, List.of(3, 4, 6), List.of(64, 128, 256)),
            new Transformer(384, 8, 6, List.of(12, 16)),
            List.of(128, 64),
            256);

    /** Large: ResNet-50 and DeiT-base; 143.5 M parameters. */
    public static final Variant L = new Variant(
            "L",
            new Cnn(true, List.of(3, 4, 6), List.of(256, 512, 1024)),
            new Transformer(768, 12, 12, List.of(12, 16)),
            List.of(512, 256),
            1024);

    /** Large with the position table of 384 x 512 pixel inputs. */
    public static final Variant L384 =
            new Variant("L384", L.cnn(), new Transformer(768, 12, 12, List.of(24, 32)), L.decoder(), L.fused());

    /** Tiny: ResNet-18 and eight blocks of ViT-tiny with the decoder of S; 9.6 M parameters. The default. */
    public static final Variant T = new Variant(
            "T",
            new Cnn(false, List.of(2, 2, 2), List.of(64, 128, 256)),
            new Transformer(192, 8, 3, List.of(14, 14)),
            List.of(128, 64),
            256);

    /** Tiny, with a third decoder stage: its prediction has half of the image's resolution instead of a quarter. */
    public static final Variant TFINE = new Variant("TFINE", T.cnn(), T.transformer(), List.of(128, 64, 32), T.fused());

    /** Tiny, for volumes: the widths of T along three axes. Patches of 8 voxels unless the data call for others. */
    public static final Variant T3D = new Variant(
            "T3D",
            T.cnn(),
            new Transformer(192, 8, 3, List.of(5, 7, 5)),
            T.decoder(),
            T.fused(),
            new Scales(List.of(8, 8, 8), List.of(2, 2, 2)));

    private static final double T_FUSED = 256;

    private static final List<Variant> ALL = List.of(T, TFINE, S, L, L384, T3D);

    /** Copies the lists and checks that the position table has the axes of the scales, and a third stage its map. */
    public Variant {
        decoder = List.copyOf(decoder);
        if (transformer.grid().size() != scales.axes()) {
            throw new IllegalArgumentException("The position_grid of variant " + name + " needs " + scales.axes()
                    + " numbers, not " + transformer.grid() + ".");
        }
        boolean pooled = scales.pool().stream().allMatch(step -> step == 2);
        if (decoder.size() < 2 || decoder.size() > 3 || (decoder.size() == 3 && !(scales.axes() == 2 && pooled))) {
            throw new IllegalArgumentException(
                    "A decoder has two stages, or three for planes whose stem is pooled, not " + decoder + " with "
                            + scales + ".");
        }
    }

    /** A variant for planes. */
    public Variant(String name, Cnn cnn, Transformer transformer, List<Integer> decoder, int fused) {
        this(name, cnn, transformer, decoder, fused, Scales.PLANE);
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

    /** Side of one token's patch in pixels for planes, and so the number that their every input size is a multiple of. */
    public static int patch() {
        return 16;
    }

    /**
     * The CNN branch.
     *
     * @param bottleneck whether blocks are bottlenecks (ResNet-50) instead of basic blocks (ResNet-18, -34)
     * @param blocks blocks of each of the three stages
     * @param channels output channels of each of the three stages, for planes at 1/4, 1/8 and 1/16 of the input size
     */
    public record Cnn(boolean bottleneck, List<Integer> blocks, List<Integer> channels) {
        /** Copies the lists. */
        public Cnn {
            blocks = List.copyOf(blocks);
            channels = List.copyOf(channels);
        }

        private long parameters() {
            long sum = 0;
            for (int stage = 0; stage < blocks.size(); stage++) {
                long wide = channels.get(stage);
                long narrow = bottleneck ? wide / 4 : wide;
                long before = stage == 0 ? wide : channels.get(stage - 1);
                long kernels = 9 * narrow * narrow;
                long block = bottleneck ? kernels + 2 * narrow * wide : 2 * kernels;
                // The first block takes fewer channels, and brings them to the width of its stage
                long first = (bottleneck ? narrow : 9 * narrow) * (before - wide) + before * wide;
                sum += blocks.get(stage) * block + first;
            }
            return sum;
        }
    }

    /**
     * The transformer branch.
     *
     * @param dim embedding dimension
     * @param blocks number of blocks
     * @param heads attention heads; dim / heads is 64 in all variants
     * @param grid tokens along each axis for which the position table is stored, in the order (z,) y, x
     */
    public record Transformer(int dim, int blocks, int heads, List<Integer> grid) {
        /** Copies the list and checks that there are no empty axes. */
        public Transformer {
            grid = List.copyOf(grid);
            if (blocks < 1 || grid.stream().anyMatch(tokens -> tokens < 1)) {
                throw new IllegalArgumentException("A transformer needs at least one block and one token per axis, not "
                        + blocks + " and " + grid + ".");
            }
        }

        /** Entries of the stored position table. */
        public int tokens() {
            return grid.stream().reduce(1, Math::multiplyExact);
        }
    }

    /** The same variant with the position table stored for another token grid, in the order (z,) y, x. */
    public Variant withGrid(int... grid) {
        List<Integer> stored = Arrays.stream(grid).boxed().toList();
        Transformer changed = new Transformer(transformer.dim(), transformer.blocks(), transformer.heads(), stored);
        return new Variant(name, cnn, changed, decoder, fused, scales);
    }

    /** The same variant with another depth of the transformer. */
    public Variant withBlocks(int blocks) {
        Transformer changed = new Transformer(transformer.dim(), blocks, transformer.heads(), transformer.grid());
        return new Variant(name, cnn, changed, decoder, fused, scales);
    }

    /** The same variant, dividing its inputs in another way; the stored position table has that many tokens. */
    public Variant withScales(Scales changed, List<Integer> grid) {
        Transformer stored = new Transformer(transformer.dim(), transformer.blocks(), transformer.heads(), grid);
        return new Variant(name, cnn, stored, decoder, fused, changed);
    }

    /** Whether the prediction comes from a third decoder stage, at the resolution of the stem. */
    public boolean isFine() {
        return decoder.size() == 3;
    }

    /** Pixels of a cell of the map that the prediction's head sees, along each axis. */
    public List<Integer> cell() {
        return isFine() ? scales.stem() : scales.head();
    }

    /** About how many parameters such a network has: the large matrices and kernels counted, the rest estimated. */
    public long parameters() {
        long tokens = (long) transformer.blocks() * 12 * transformer.dim() * transformer.dim();
        return tokens + (scales.axes() == 3 ? 3 : 1) * (cnn.parameters() + fusion());
    }

    /** BiFusion and decoder grow with the square of their width: counted for T and S. */
    private long fusion() {
        return Math.round(3.5e6 * fused * fused / (T_FUSED * T_FUSED));
    }

    /** The grid of the stored position table: (depth,) rows, columns. */
    public int[] grid() {
        return transformer.grid().stream().mapToInt(Integer::intValue).toArray();
    }
}
