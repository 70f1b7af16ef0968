package io.github.transfuse.model;

import io.github.transfuse.network.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a network wants to see.
 *
 * @param rule how an image of any size becomes inputs of {@code size}
 * @param size input size in pixels, in the order y, x, multiples of 16; for volumes z, y, x, multiples of the network's
 *     patch
 * @param overlap fraction of a tile shared with its neighbour, in [0, 1); used by {@link Rule#TILE}
 * @param normalization how pixel values become network inputs
 * @param sampling physical sampling and dimensions the model was trained for
 */
public record InputSpec(Rule rule, List<Integer> size, double overlap, Normalization normalization, Sampling sampling) {

    /** How an image becomes network inputs. */
    public enum Rule {
        /** The whole image is resampled to the input size, whatever its aspect ratio; logits are resampled back. */
        RESIZE,
        /** As {@link #RESIZE}, but the aspect ratio is kept and the rest padded by reflection. */
        RESIZE_PADDED,
        /** Overlapping tiles of the input size at the model's pixel size, logits blended. */
        TILE
    }

    /** Which dimensions the model was trained for. */
    public enum Mode {
        /** Each plane alone. */
        SLICES,
        /** Neighbouring planes as channels (2.5D). */
        CONTEXT,
        /** XY, XZ and YZ planes, averaged. */
        TRIPLANAR,
        /** Volumes. */
        VOLUME;

        /** Axes of what is segmented together: 2 for each plane alone, 3 where a stack is needed. */
        public int axes() {
            return this == TRIPLANAR || this == VOLUME ? 3 : 2;
        }
    }

    /**
     * Physical sampling.
     *
     * @param pixelSize size of a pixel in {@code unit}, order as {@code size}; empty: images are taken as they are
     * @param unit unit of length, such as {@code micron} or {@code mm}
     * @param mode dimensions the model was trained for
     * @param context neighbouring planes on each side for {@link Mode#CONTEXT}, otherwise 0
     * @param orientation where x, y and z of the training's volumes point to in the body, such as {@code RAS}: to the
     *     right, front and top; empty: volumes are taken as their files lie
     */
    public record Sampling(
            Optional<List<Double>> pixelSize, String unit, Mode mode, int context, Optional<String> orientation) {
        /** Planes as they are, without a pixel size. */
        public static final Sampling AS_IS = new Sampling(Optional.empty(), "pixel", Mode.SLICES, 0);

        private static final String[] PAIRS = {"[RL]", "[AP]", "[SI]"};

        /** Volumes taken as their files lie. */
        public Sampling(Optional<List<Double>> pixelSize, String unit, Mode mode, int context) {
            this(pixelSize, unit, mode, context, Optional.empty());
        }

        /** Checks that neighbours are seen in the mode for them, and in no other, and that the axes are three. */
        public Sampling {
            if (context < 0 || (context > 0) != (mode == Mode.CONTEXT)) {
                throw new IllegalArgumentException("context must be 1 or more in mode context and 0 in all others, not "
                        + context + " in mode " + Fields.word(mode) + ".");
            }
            if (!orientation.map(Sampling::isOrientation).orElse(true)) {
                throw new IllegalArgumentException(
                        "orientation must be three letters, one each of R or L, A or P, S or I," + " not "
                                + orientation.get() + ".");
            }
        }

        /** Whether three letters name each axis of the body once. */
        static boolean isOrientation(String letters) {
            return letters.length() == PAIRS.length
                    && Arrays.stream(PAIRS).allMatch(pair -> letters.matches(".*" + pair + ".*"));
        }

        /** Slices that become channels of one input: 1 but in {@link Mode#CONTEXT}. */
        public int slices() {
            return 2 * context + 1;
        }
    }

    /** The same, for volumes along these axes of the body. */
    public InputSpec oriented(Optional<String> orientation) {
        Sampling along = new Sampling(sampling.pixelSize, sampling.unit, sampling.mode, sampling.context, orientation);
        return new InputSpec(rule, size, overlap, normalization, along);
    }

    /** Copies the list and checks the ranges. */
    public InputSpec {
        size = List.copyOf(size);
        if (overlap < 0 || overlap >= 1) {
            throw new IllegalArgumentException("overlap must be in [0, 1), not " + overlap + ".");
        }
        for (int length : size) {
            boolean whole = size.size() == 3 || length % Variant.patch() == 0;
            if (length < 1 || !whole) {
                throw new IllegalArgumentException("input size must be a multiple of 16, not " + size + ".");
            }
        }
    }
}
