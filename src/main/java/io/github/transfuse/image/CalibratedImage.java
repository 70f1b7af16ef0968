package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Pixels with the meaning of their dimensions.
 *
 * @param name file name or title, for messages and results
 * @param pixels the samples; each dimension is described by the axis of the same index
 * @param axes one per dimension, no kind twice, X and Y among them
 * @param rgb whether the channels are red, green and blue of a colour image
 * @param notes what the reader should tell the user, such as pages left out
 * @param placement where a volume lies; empty if its file does not say
 * @param sliceLabels what ImageJ shows with each slice, slices fastest, then times; empty if there are none
 */
public record CalibratedImage(
        String name,
        RandomAccessibleInterval<? extends RealType<?>> pixels,
        List<Axis> axes,
        boolean rgb,
        List<String> notes,
        Optional<Placement> placement,
        List<String> sliceLabels) {

    /** An image that lies nowhere in particular, of slices without labels. */
    public CalibratedImage(
            String name,
            RandomAccessibleInterval<? extends RealType<?>> pixels,
            List<Axis> axes,
            boolean rgb,
            List<String> notes) {
        this(name, pixels, axes, rgb, notes, Optional.empty(), List.of());
    }

    /** Checks that axes and dimensions belong together. */
    public CalibratedImage {
        axes = List.copyOf(axes);
        notes = List.copyOf(notes);
        sliceLabels = List.copyOf(sliceLabels);
        long kinds = axes.stream().map(Axis::kind).distinct().count();
        if (axes.size() != pixels.numDimensions() || kinds != axes.size()) {
            throw new IllegalArgumentException(
                    name + ": " + pixels.numDimensions() + " dimensions cannot have the axes " + words(axes) + ".");
        }
        if (indexOf(axes, Axis.Kind.X).isEmpty() || indexOf(axes, Axis.Kind.Y).isEmpty()) {
            throw new IllegalArgumentException(name + ": an image needs the axes X and Y.");
        }
    }

    /** Pixels without calibration; axes in the order of the dimensions. */
    public static CalibratedImage of(
            String name, RandomAccessibleInterval<? extends RealType<?>> pixels, Axis.Kind... kinds) {
        return new CalibratedImage(
                name, pixels, Arrays.stream(kinds).map(Axis::of).toList(), false, List.of());
    }

    /**
     * Pixels without calibration whose axes are x, y, the channel, z and time, as many as there are.
     *
     * @param channels whether there is an axis of channels
     */
    public static CalibratedImage inUsualOrder(
            String name, RandomAccessibleInterval<? extends RealType<?>> pixels, boolean channels) {
        Axis.Kind[] kinds = Stream.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL, Axis.Kind.Z, Axis.Kind.TIME)
                .filter(kind -> channels || kind != Axis.Kind.CHANNEL)
                .limit(pixels.numDimensions())
                .toArray(Axis.Kind[]::new);
        return of(name, pixels, kinds);
    }

    /** The dimension of an axis, if there is one. */
    public OptionalInt dimension(Axis.Kind kind) {
        return indexOf(axes, kind);
    }

    /** Samples along an axis; 1 without that axis. */
    public long size(Axis.Kind kind) {
        OptionalInt dimension = dimension(kind);
        return dimension.isPresent() ? pixels.dimension(dimension.getAsInt()) : 1;
    }

    /** The same image without one axis, at one position along it, counted from 0. */
    public CalibratedImage slice(Axis.Kind kind, long position) {
        OptionalInt dimension = dimension(kind);
        if (dimension.isEmpty()) {
            return this;
        }
        int d = dimension.getAsInt();
        List<Axis> rest = new ArrayList<>(axes);
        rest.remove(d);
        var plane = Views.hyperSlice(pixels, d, pixels.min(d) + position);
        Optional<Placement> rests = kind.isSpatial() ? Optional.empty() : placement;
        List<String> labels = kind == Axis.Kind.CHANNEL ? sliceLabels : List.of();
        return new CalibratedImage(name, plane, rest, rgb && kind != Axis.Kind.CHANNEL, notes, rests, labels);
    }

    /** The same image with its dimensions in the order X, Y, Z, TIME, CHANNEL; axes that are missing stay so. */
    public CalibratedImage channelsLast() {
        List<Axis.Kind> order = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME, Axis.Kind.CHANNEL);
        int[] sources = order.stream()
                .map(this::dimension)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .toArray();
        RandomAccessibleInterval<? extends RealType<?>> ordered = permuted(pixels, sources);
        List<Axis> sorted = Arrays.stream(sources).mapToObj(axes::get).toList();
        return new CalibratedImage(name, ordered, sorted, rgb, notes, placement, sliceLabels);
    }

    /** The same meaning for other pixels of the same dimensions. */
    public CalibratedImage withPixels(RandomAccessibleInterval<? extends RealType<?>> changed) {
        return new CalibratedImage(name, changed, axes, rgb, notes, placement, sliceLabels);
    }

    /** The same image with pixels counted from 0 along each dimension. */
    public CalibratedImage fromZero() {
        return Views.isZeroMin(pixels) ? this : withPixels(Views.zeroMin(pixels));
    }

    /** The same image with one more note. */
    public CalibratedImage withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new CalibratedImage(name, pixels, axes, rgb, more, placement, sliceLabels);
    }

    /** The same image, lying elsewhere. */
    public CalibratedImage withPlacement(Optional<Placement> place) {
        return new CalibratedImage(name, pixels, axes, rgb, notes, place, sliceLabels);
    }

    /** The same image with labels for its slices: one for each slice of each time, or none. */
    public CalibratedImage withSliceLabels(List<String> labels) {
        return new CalibratedImage(name, pixels, axes, rgb, notes, placement, labels);
    }

    /** Axes and sizes in words, such as {@code "X 512, Y 512, CHANNEL 3"}. */
    public String describe() {
        return IntStream.range(0, axes.size())
                .mapToObj(d -> axes.get(d).kind() + " " + pixels.dimension(d))
                .collect(Collectors.joining(", "));
    }

    /** A view whose dimension {@code d} is dimension {@code sources[d]} of an image. */
    static <T> RandomAccessibleInterval<T> permuted(RandomAccessibleInterval<T> image, int... sources) {
        RandomAccessibleInterval<T> view = image;
        List<Integer> now =
                new ArrayList<>(IntStream.range(0, sources.length).boxed().toList());
        for (int d = 0; d < sources.length; d++) {
            int from = now.indexOf(sources[d]);
            if (from != d) {
                view = Views.permute(view, from, d);
                now.set(from, now.get(d));
                now.set(d, sources[d]);
            }
        }
        return view;
    }

    /** Gives a wildcard view a name that ImgLib2's generic methods accept; only the compiler sees a difference. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T extends RealType<T>> RandomAccessibleInterval<T> generic(RandomAccessibleInterval<?> pixels) {
        return (RandomAccessibleInterval) pixels;
    }

    private static OptionalInt indexOf(List<Axis> axes, Axis.Kind kind) {
        return IntStream.range(0, axes.size())
                .filter(d -> axes.get(d).kind() == kind)
                .findFirst();
    }

    private static String words(List<Axis> axes) {
        return axes.stream().map(axis -> axis.kind().name()).collect(Collectors.joining(", "));
    }
}
