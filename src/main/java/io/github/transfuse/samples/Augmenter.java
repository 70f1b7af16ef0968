package io.github.transfuse.samples;

import io.github.transfuse.model.Normalization;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Varies examples: place and shape (flip, rotate, elastic), then colours (color, stain), then blur and noise. Each is a
 * switch. The same seed gives the same variation on any number of threads.
 */
public final class Augmenter {

    /** Mirror images along x, y and, in volumes, z, each with probability 0.5. */
    public static final String FLIP = "flip";

    /**
     * Rotation up to 25 degrees, scaling up to 15 % and shift up to 10 %, with probability 0.7; in volumes in the plane of
     * the slices, which may lie far apart, and along z another scaling and shift.
     */
    public static final String ROTATE = "rotate";

    /** Brightness, contrast, saturation by up to 20 %, with probability 0.5. */
    public static final String COLOR = "color";

    /** Smooth local deformation, with probability 0.3. */
    public static final String ELASTIC = "elastic";

    /** Blur, noise or both, with probability 0.3. */
    public static final String NOISE = "noise";

    /** The strengths of haematoxylin and eosin by up to 20 %, with probability 0.5; RGB only. */
    public static final String STAIN = "stain";

    private static final Set<String> KNOWN = Set.of(FLIP, ROTATE, COLOR, ELASTIC, NOISE, STAIN);
    private static final double WARP_PROBABILITY = 0.7;
    private static final double ELASTIC_PROBABILITY = 0.3;
    private static final double COLOR_PROBABILITY = 0.5;
    private static final double NOISE_PROBABILITY = 0.3;
    private static final double MAX_ANGLE = Math.toRadians(25);
    private static final double MAX_SCALE = 0.15;
    private static final double MAX_SHIFT = 0.10;

    private final Set<String> switches;
    private final boolean softTarget;
    private final boolean bounded;

    /**
     * An augmenter.
     *
     * @param switches which variations are on
     * @param softTarget whether targets are soft foregrounds, interpolated, or class indices, taken from the nearest
     * @param normalization of the model; fixed ones have values from 0 to 1, which colours may not leave
     * @throws IllegalArgumentException naming an unknown variation
     */
    public Augmenter(Set<String> switches, boolean softTarget, Normalization normalization) {
        for (String name : switches) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("Unknown augmentation '" + name + "'. Known are "
                        + String.join(", ", new TreeSet<>(KNOWN)) + ".");
            }
        }
        this.switches = Set.copyOf(switches);
        this.softTarget = softTarget;
        bounded = normalization.kind() == Normalization.Kind.FIXED;
    }

    /** An example as it is, as a batch of one. */
    public static ExampleBatch plain(Example example, boolean softTarget, Normalization normalization) {
        int plane = example.target().length;
        Buffers buffers = new Buffers(new float[example.channels() * plane], new float[plane]);
        new Augmenter(Set.of(), softTarget, normalization)
                .apply(example, Frame.whole(example), new SplittableRandom(0), buffers);
        int[] shape = Frame.whole(example).batch(1, example.channels());
        return new ExampleBatch(shape, buffers.image(), buffers.target());
    }

    /**
     * Varies an example into float buffers.
     *
     * @param frame the part of the example
     * @param into receives the image in {@link Units}, and the target: in [0, 1] for a soft foreground, otherwise class
     *     indices; -1 where ignored
     */
    void apply(Example example, Frame frame, SplittableRandom random, Buffers into) {
        SourceGrid grid = warp(random, frame).grid(frame.height(), frame.width(), frame.border());
        if (happens(random, ELASTIC, ELASTIC_PROBABILITY)) {
            Elastic.deform(grid, random);
        }
        Slices slices = slices(random, frame, example);
        grid.image(example, slices, into.image());
        if (softTarget) {
            grid.softTarget(example, slices, into.target());
        } else {
            grid.classTarget(example, slices, into.target());
        }
        Colors colors = new Colors(into.image(), example.channels(), bounded);
        if (happens(random, COLOR, COLOR_PROBABILITY)) {
            colors.jitter(random);
        }
        if (happens(random, STAIN, COLOR_PROBABILITY) && example.channels() == Stains.CHANNELS) {
            Stains.jitter(into.image(), bounded ? Light.OF_UNITS : Light.of(example), random);
        }
        if (happens(random, NOISE, NOISE_PROBABILITY)) {
            Sharpness.blurOrNoise(into.image(), frame, random);
        }
    }

    /**
     * Receivers of an example.
     *
     * @param image [C, (D,) H, W]
     * @param target [(D,) H, W]
     */
    record Buffers(float[] image, float[] target) {}

    private boolean happens(SplittableRandom random, String name, double probability) {
        return switches.contains(name) && random.nextDouble() < probability;
    }

    private Warp warp(SplittableRandom random, Frame frame) {
        boolean moves = happens(random, ROTATE, WARP_PROBABILITY);
        double angle = moves ? symmetric(random, MAX_ANGLE) : 0;
        double scale = moves ? 1 + symmetric(random, MAX_SCALE) : 1;
        double shiftX = moves ? symmetric(random, MAX_SHIFT) * frame.width() : 0;
        double shiftY = moves ? symmetric(random, MAX_SHIFT) * frame.height() : 0;
        boolean flips = switches.contains(FLIP);
        double mirrorX = flips && random.nextBoolean() ? -1 : 1;
        double mirrorY = flips && random.nextBoolean() ? -1 : 1;
        double[] centre = {frame.centre()[0] + shiftX, frame.centre()[1] + shiftY};
        return new Warp(angle, scale, centre, new double[] {mirrorX, mirrorY});
    }

    /** Volumes are mirrored, scaled and shifted along z too, each on its own; planes draw nothing. */
    private Slices slices(SplittableRandom random, Frame frame, Example example) {
        if (frame.slices() == 0) {
            return Slices.PLANE;
        }
        boolean moves = happens(random, ROTATE, WARP_PROBABILITY);
        double scale = moves ? 1 + symmetric(random, MAX_SCALE) : 1;
        double shift = moves ? symmetric(random, MAX_SHIFT) * frame.slices() : 0;
        double mirror = switches.contains(FLIP) && random.nextBoolean() ? -1 : 1;
        return Slices.around(frame.slices(), frame.centre()[2] + shift, mirror / scale, example.depth());
    }

    /** Uniform in [-bound, bound). */
    static double symmetric(SplittableRandom random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }
}
