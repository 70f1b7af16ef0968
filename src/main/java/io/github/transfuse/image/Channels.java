package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Chooses the channels that a network sees. */
public final class Channels {
    private static final List<String> RGB = List.of("red", "green", "blue");

    private Channels() {}

    /** The image in the order X, Y, Z, TIME, CHANNEL, with an axis of channels even if there is only one. */
    public static CalibratedImage last(CalibratedImage image) {
        return withChannelAxis(image.channelsLast());
    }

    /** What to call the channels: the empty name for an only one, red, green and blue, else {@code ch1} and so on. */
    public static List<String> names(CalibratedImage image) {
        long channels = image.size(Axis.Kind.CHANNEL);
        if (channels == 1) {
            return List.of("");
        }
        return image.rgb() && channels == RGB.size()
                ? RGB
                : LongStream.rangeClosed(1, channels).mapToObj(c -> "ch" + c).toList();
    }

    /**
     * Gives an image as many channels as a model wants. Without a choice the channels are taken in order if their number
     * fits; one channel, the only one or the chosen one, is repeated for a model of colour images.
     *
     * @param image any image
     * @param wanted channels of the model, at least 1
     * @param chosen numbers of channels from 1, in the order of the model's channels; empty: no choice
     * @return the image in the order X, Y, Z, TIME, CHANNEL with exactly {@code wanted} channels
     * @throws UnsupportedImageException if the channels do not fit, naming both numbers
     */
    public static CalibratedImage match(CalibratedImage image, int wanted, List<Integer> chosen)
            throws UnsupportedImageException {
        CalibratedImage ordered = withChannelAxis(image.channelsLast());
        long available = ordered.size(Axis.Kind.CHANNEL);
        List<Integer> picks = chosen.isEmpty()
                ? LongStream.rangeClosed(1, available).mapToObj(c -> (int) c).toList()
                : chosen;
        requireExisting(image, available, picks);
        if (picks.size() == wanted) {
            return chosen.isEmpty() ? ordered : select(ordered, picks);
        }
        if (picks.size() == 1 && wanted == 3) {
            int channel = picks.get(0);
            return select(ordered, List.of(channel, channel, channel));
        }
        throw new UnsupportedImageException(
                image.name(),
                "the model wants " + wanted + " channel(s), but " + picks.size()
                        + (chosen.isEmpty() ? " are in the image" : " were chosen"),
                wayOut(wanted, available));
    }

    private static String wayOut(int wanted, long available) {
        if (wanted <= available) {
            String first =
                    LongStream.rangeClosed(1, wanted).mapToObj(Long::toString).collect(Collectors.joining(","));
            return "Choose " + wanted + " of the image's " + available + " channel(s) with channels=, such as channels="
                    + first + ", or use another model.";
        }
        return wanted == RGB.size()
                ? "Choose one of the image's " + available
                        + " channels, which is then seen as grey, such as channels=1, or use another model."
                : "Use a model of as many channels as the image has.";
    }

    /** The chosen channels of an image whose last axis is the channel, in the order given, counted from 1. */
    private static CalibratedImage select(CalibratedImage image, List<Integer> picks) {
        int d = image.axes().size() - 1;
        return new CalibratedImage(
                        image.name(),
                        stack(image.pixels(), d, picks),
                        image.axes(),
                        image.rgb() && picks.equals(List.of(1, 2, 3)),
                        image.notes())
                .withPlacement(image.placement());
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<T> stack(
            RandomAccessibleInterval<?> pixels, int d, List<Integer> picks) {
        RandomAccessibleInterval<T> source = CalibratedImage.generic(pixels);
        if (source.min(d) == 0 && isAll(picks, source.dimension(d))) {
            return source; // pixels of a stack of views are read at half the speed
        }
        List<RandomAccessibleInterval<T>> planes = new ArrayList<>();
        for (int pick : picks) {
            planes.add(Views.hyperSlice(source, d, source.min(d) + pick - 1));
        }
        return Views.stack(planes);
    }

    private static boolean isAll(List<Integer> picks, long channels) {
        return picks.equals(
                IntStream.rangeClosed(1, Math.toIntExact(channels)).boxed().toList());
    }

    private static CalibratedImage withChannelAxis(CalibratedImage image) {
        if (image.dimension(Axis.Kind.CHANNEL).isPresent()) {
            return image;
        }
        List<Axis> axes = new ArrayList<>(image.axes());
        axes.add(Axis.of(Axis.Kind.CHANNEL));
        var pixels = Views.addDimension(image.pixels(), 0, 0);
        return new CalibratedImage(image.name(), pixels, axes, image.rgb(), image.notes())
                .withPlacement(image.placement());
    }

    private static void requireExisting(CalibratedImage image, long available, List<Integer> picks)
            throws UnsupportedImageException {
        for (int pick : picks) {
            if (pick < 1 || pick > available) {
                throw new UnsupportedImageException(
                        image.name(),
                        "there is no channel " + pick,
                        "Choose among the channels 1 to " + available + " of this image.");
            }
        }
    }
}
