package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * How a volume is brought to the axes of the body that a model was trained along, and its labels back: which axes change
 * places and which are mirrored. All of it is views, which copy no pixel; a volume that lies oblique is taken along the
 * nearest axes.
 */
public final class Orientation {
    /** Volumes that stay as their files have them. */
    public static final Orientation AS_IT_LIES = new Orientation(new int[] {0, 1, 2}, new boolean[3], List.of());

    /** To where the axes of RAS+ point. */
    private static final String CANONICAL = "RAS";

    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    /** Cosine of the largest angle to the nearest axis: 45 degrees, and a hair for rounding. */
    private static final double FARTHEST = Math.sqrt(0.5) - 1e-6;

    /** Cosine of the angle from which it is told that a volume lies oblique: 5 degrees. */
    private static final double OBLIQUE = 0.9962;

    private final int[] source;
    private final boolean[] mirrored;
    private final List<String> notes;

    /** Axis d of the result is axis {@code source[d]} of the file, backwards where mirrored. */
    private Orientation(int[] source, boolean[] mirrored, List<String> notes) {
        this.source = source.clone();
        this.mirrored = mirrored.clone();
        this.notes = List.copyOf(notes);
    }

    /**
     * From how an image lies to the axes of a model.
     *
     * @param image any image; one whose file does not say how it lies is taken as it is, which the notes tell
     * @param wanted to where x, y and z point for the model, such as {@code RAS}; empty: images stay as they lie
     * @throws UnsupportedImageException if the axes of the volume are not at right angles, or an axis of it is farther
     *     than 45 degrees from all axes of the body
     */
    public static Orientation of(CalibratedImage image, Optional<String> wanted) throws UnsupportedImageException {
        if (wanted.isEmpty()) {
            return AS_IT_LIES;
        }
        Optional<Placement> placement = image.placement().filter(Placement::isAnatomical);
        if (placement.isEmpty()) {
            return AS_IT_LIES.with(
                    "The image does not say how it lies in the body: it is taken as if it lay as the model's"
                            + " training, " + wanted.get() + ".");
        }
        Affine affine = placement.get().matrix();
        Affine target = Affine.ofCodes(wanted.get());
        Orientation nearest = between(affine, target);
        double angle = nearest.cosine(affine, target);
        if (affine.isSheared() || angle < FARTHEST) {
            throw new UnsupportedImageException(
                    image.name(),
                    (affine.isSheared()
                                    ? "its axes are not at right angles"
                                    : "it lies farther than 45 degrees from the axes of the body")
                            + ", so it cannot be brought to the axes of the model (" + wanted.get() + ")",
                    "Resample it along the axes of the body, for instance in 3D Slicer.");
        }
        if (nearest.source[2] != 2 && image.dimension(Axis.Kind.Z).isEmpty()) {
            return AS_IT_LIES.with("The slice lies across the planes of the model's training (" + wanted.get()
                    + "): it is taken as it lies.");
        }
        Orientation told = nearest.isIdentity()
                ? nearest
                : nearest.with("A volume that lies as " + placement.get().codes()
                        + " is brought to the axes of the model, " + wanted.get() + ", and its labels back.");
        return angle < OBLIQUE ? told.with("The volume lies oblique in the body: the nearest axes are taken.") : told;
    }

    /**
     * From how one volume lies to how another does, such as from a mask to its image.
     *
     * @return {@link #AS_IT_LIES} if one of them does not say where it lies
     */
    public static Orientation between(CalibratedImage from, CalibratedImage to) {
        boolean placed = from.placement().filter(Placement::isStated).isPresent()
                && to.placement().filter(Placement::isStated).isPresent();
        return placed
                ? between(from.placement().get().matrix(), to.placement().get().matrix())
                : AS_IT_LIES;
    }

    /**
     * To the axes that are nearest to these directions of the body, for pictures; axes need not be at right angles.
     *
     * @param codes such as {@code LPI}
     * @return empty if the place is not one in the body
     */
    public static Optional<Orientation> nearest(Placement placement, String codes) {
        return placement.isAnatomical()
                ? Optional.of(between(placement.matrix(), Affine.ofCodes(codes)))
                : Optional.empty();
    }

    private static Orientation between(Affine from, Affine to) {
        double most = 0;
        int[] best = ORDERS[0];
        for (int[] order : ORDERS) {
            double sum = 0;
            for (int d = 0; d < order.length; d++) {
                sum += Math.abs(cosine(from, order[d], to, d));
            }
            if (sum > most + 1e-9) {
                most = sum;
                best = order;
            }
        }
        boolean[] mirrored = new boolean[best.length];
        for (int d = 0; d < best.length; d++) {
            mirrored[d] = cosine(from, best[d], to, d) < 0;
        }
        return new Orientation(best, mirrored, List.of());
    }

    /** The letters of the directions that the axes are nearest to, each pair of directions once. */
    static String codes(Affine affine) {
        Orientation canonical = between(affine, Affine.ofCodes(CANONICAL));
        char[] codes = new char[ORDERS[0].length];
        for (int d = 0; d < codes.length; d++) {
            codes[canonical.source[d]] = Affine.LETTERS.charAt(2 * d + (canonical.mirrored[d] ? 1 : 0));
        }
        return new String(codes);
    }

    private static double cosine(Affine a, int i, Affine b, int j) {
        return Affine.dot(a.column(i), b.column(j)) / (a.spacing(i) * b.spacing(j));
    }

    /** Of the largest angle between axes that become one. */
    private double cosine(Affine from, Affine to) {
        double least = 1;
        for (int d = 0; d < source.length; d++) {
            least = Math.min(least, Math.abs(cosine(from, source[d], to, d)));
        }
        return least;
    }

    private Orientation with(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Orientation(source, mirrored, more);
    }

    /** What the user should know of it, as sentences. */
    public List<String> notes() {
        return notes;
    }

    /** Whether nothing changes. */
    public boolean isIdentity() {
        return Arrays.equals(source, AS_IT_LIES.source) && Arrays.equals(mirrored, AS_IT_LIES.mirrored);
    }

    /** Whether the slices are others than in the file, or in another order. */
    public boolean changesSlices() {
        return source[2] != 2 || mirrored[2];
    }

    /**
     * The image along the new axes, with its calibration and place, in the order X, Y, Z, TIME, CHANNEL.
     *
     * @param image with as many axes of space as the one that this was made for
     */
    public CalibratedImage apply(CalibratedImage image) {
        if (isIdentity()) {
            return image;
        }
        CalibratedImage ordered = image.channelsLast();
        if (ordered.dimension(Axis.Kind.Z).isEmpty() && source[2] != 2) {
            return ordered; // a plane has no axis that could come to lie along z; its size will tell that it does not
            // fit
        }
        long[] size = {image.size(Axis.Kind.X), image.size(Axis.Kind.Y), image.size(Axis.Kind.Z)};
        Optional<Placement> place = image.placement().map(placement -> placement.turned(source, mirrored, size));
        return new CalibratedImage(
                        image.name(), apply(ordered.pixels()), apply(ordered.axes()), image.rgb(), image.notes())
                .withPlacement(place)
                .withSliceLabels(changesSlices() ? List.of() : image.sliceLabels());
    }

    /** Pixels along the new axes; their first dimensions are X, Y and, if there are slices, Z. */
    public <T> RandomAccessibleInterval<T> apply(RandomAccessibleInterval<T> pixels) {
        if (isIdentity()) {
            return pixels;
        }
        int[] sources = identity(pixels.numDimensions());
        System.arraycopy(source, 0, sources, 0, Math.min(source.length, sources.length));
        return mirrored(CalibratedImage.permuted(Views.zeroMin(pixels), sources));
    }

    /** A result along the new axes, as the file lies: the opposite of {@link #apply(RandomAccessibleInterval)}. */
    public <T> RandomAccessibleInterval<T> back(RandomAccessibleInterval<T> pixels) {
        if (isIdentity()) {
            return pixels;
        }
        int[] sources = identity(pixels.numDimensions());
        for (int d = 0; d < Math.min(source.length, sources.length); d++) {
            sources[source[d]] = d;
        }
        return CalibratedImage.permuted(mirrored(Views.zeroMin(pixels)), sources);
    }

    private <T> RandomAccessibleInterval<T> mirrored(RandomAccessibleInterval<T> pixels) {
        RandomAccessibleInterval<T> view = pixels;
        for (int d = 0; d < Math.min(mirrored.length, pixels.numDimensions()); d++) {
            view = mirrored[d] ? Views.zeroMin(Views.invertAxis(view, d)) : view;
        }
        return view;
    }

    private static int[] identity(int dimensions) {
        int[] sources = new int[dimensions];
        Arrays.setAll(sources, d -> d);
        return sources;
    }

    /** Lengths along X, Y and Z, moved with them. */
    public double[] apply(double... lengths) {
        return Arrays.stream(source).mapToDouble(d -> lengths[d]).toArray();
    }

    /** Where a voxel of a volume of a size comes to lie. */
    public long[] apply(long[] voxel, long... size) {
        long[] moved = new long[source.length];
        Arrays.setAll(moved, d -> mirrored[d] ? size[source[d]] - 1 - voxel[source[d]] : voxel[source[d]]);
        return moved;
    }

    /** The calibration of X, Y and Z, moved with them; further axes stay. */
    public List<Axis> apply(List<Axis> axes) {
        return moved(axes, source);
    }

    /** The opposite of {@link #apply(List)}. */
    public List<Axis> back(List<Axis> axes) {
        int[] inverse = source.clone();
        for (int d = 0; d < source.length; d++) {
            inverse[source[d]] = d;
        }
        return moved(axes, inverse);
    }

    private static List<Axis> moved(List<Axis> axes, int... from) {
        List<Axis> moved = new ArrayList<>(axes);
        for (int d = 0; d < from.length && d < axes.size(); d++) {
            if (axes.get(d).kind().isSpatial()) {
                Axis other = axes.get(from[d]);
                moved.set(d, new Axis(axes.get(d).kind(), other.size(), other.unit()));
            }
        }
        return moved;
    }
}
