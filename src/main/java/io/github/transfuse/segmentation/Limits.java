package io.github.transfuse.segmentation;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.Ranges;
import io.github.transfuse.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.logic.BitType;
import net.imglib2.view.Views;

/**
 * Which part of an image is wanted: a selected area, some slices, some time points. The network sees what is around them, and
 * pixel values are normalised as of the whole image, so that nothing changes within.
 */
public final class Limits {
    private final CalibratedImage image;
    private final Orientation orientation;
    private final Optional<SelectedArea> area;
    private final boolean[] slices;
    private final boolean[] frames;
    private final List<String> words = new ArrayList<>();

    private Limits(CalibratedImage image, Orientation orientation, Optional<SelectedArea> area, Settings settings)
            throws UnsupportedImageException {
        this.image = image;
        this.orientation = orientation;
        this.area = area;
        area.ifPresent(selected -> words.add(words(selected)));
        this.slices = wanted(Axis.Kind.Z, settings, Keys.SLICES);
        this.frames = wanted(Axis.Kind.TIME, settings, Keys.FRAMES);
    }

    /**
     * Those that the settings and the user's selection ask for.
     *
     * @param image as the file lies
     * @param orientation how it is brought to the axes of the model
     * @param area that is selected; empty: all
     * @throws UnsupportedImageException if the image has not as many slices or time points, or nothing of it is selected
     */
    public static Limits of(
            CalibratedImage image, Orientation orientation, Optional<SelectedArea> area, Settings settings)
            throws UnsupportedImageException {
        if (area.isPresent() && area.get().isEmpty()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "the selection holds no pixel of the image",
                    "Move or remove the selection, or set selection=false.");
        }
        if (area.isPresent() && !area.get().isOf(image.size(Axis.Kind.X), image.size(Axis.Kind.Y))) {
            throw new UnsupportedImageException(
                    image.name(),
                    "the selection belongs to an image of " + area.get().width() + " x "
                            + area.get().height() + " pixels",
                    "Select a part of this image.");
        }
        return new Limits(image, orientation, area.filter(selected -> !selected.isAll()), settings);
    }

    private static String words(SelectedArea area) {
        var bounds = area.bounds();
        return "the selection (" + bounds.width + " x " + bounds.height + " px at " + bounds.x + ", " + bounds.y + ")";
    }

    private boolean[] wanted(Axis.Kind axis, Settings settings, OptionalKey<Ranges> key)
            throws UnsupportedImageException {
        boolean[] wanted = new boolean[Math.toIntExact(image.size(axis))];
        Optional<Ranges> ranges = settings.get(key);
        if (ranges.isPresent() && ranges.get().largest() > wanted.length) {
            throw new UnsupportedImageException(
                    image.name(),
                    key.name() + "=" + ranges.get() + " names more than there are: " + wanted.length + " along "
                            + (axis == Axis.Kind.Z ? "z" : "time"),
                    "Correct " + key.name() + ", or set it to all.");
        }
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = ranges.isEmpty() || ranges.get().contains(i + 1L);
        }
        if (ranges.isPresent() && !ranges.get().isAll(wanted.length)) {
            words.add(key.name() + " " + ranges.get() + " of " + wanted.length);
        }
        return wanted;
    }

    /** The selected area, if it is not all of the planes. */
    Optional<SelectedArea> area() {
        return area;
    }

    /** Whether not all of the image is wanted. */
    boolean areAny() {
        return !words.isEmpty();
    }

    /** What is told about them. */
    public Optional<String> note() {
        return areAny() ? Optional.of("Segmented only " + String.join(", ", words) + ".") : Optional.empty();
    }

    /** The wanted pixels of the result, along the axes of the model. */
    RandomAccessibleInterval<BitType> pixels() {
        return mask(area);
    }

    /** The wanted slices and time points, along the axes of the model. */
    RandomAccessibleInterval<BitType> planes() {
        return mask(Optional.empty());
    }

    private RandomAccessibleInterval<BitType> mask(Optional<SelectedArea> within) {
        List<Axis.Kind> kinds = Stream.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME)
                .filter(kind -> image.dimension(kind).isPresent())
                .toList();
        int z = kinds.indexOf(Axis.Kind.Z);
        int time = kinds.indexOf(Axis.Kind.TIME);
        FunctionRandomAccessible<BitType> mask = new FunctionRandomAccessible<>(
                kinds.size(),
                (at, out) -> out.set((z < 0 || slices[at.getIntPosition(z)])
                        && (time < 0 || frames[at.getIntPosition(time)])
                        && (within.isEmpty() || within.get().contains(at.getLongPosition(0), at.getLongPosition(1)))),
                BitType::new);
        long[] last = kinds.stream().mapToLong(kind -> image.size(kind) - 1).toArray();
        return orientation.apply(Views.interval(mask, new long[last.length], last));
    }

    /** Whether the axes of the model are those of the file. */
    boolean lieAsTheFile() {
        return orientation.isIdentity();
    }

    /** Whether all slices and time points are wanted. */
    boolean haveAllPlanes() {
        return Stream.of(slices, frames)
                .allMatch(wanted -> IntStream.range(0, wanted.length).allMatch(i -> wanted[i]));
    }
}
