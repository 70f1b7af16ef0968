package io.github.transfuse.segmentation;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.PixelScale;
import io.github.transfuse.inference.Planes;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.logic.BitType;
import net.imglib2.view.Views;

/**
 * Which part of an image is wanted: a selected area, some slices, some time points. The network sees what is around them, and
 * pixel values are normalised as of the whole image, so that nothing changes within. For one run on one image.
 */
public final class Limits {
    private final CalibratedImage image;
    private final Planes planes;
    private final Optional<SelectedArea> area;
    private final boolean[] slices;
    private final boolean[] frames;
    private final List<String> words = new ArrayList<>();
    private final double[] tile;
    /** How far around the area is computed, in tiles; asked from threads that read. */
    private volatile int tilesAround = 1;

    private Limits(CalibratedImage image, Planes planes, Optional<SelectedArea> area, ModelSettings chosen)
            throws UnsupportedImageException {
        this.image = image;
        this.planes = planes;
        this.area = area;
        area.ifPresent(selected -> words.add(words(selected)));
        this.slices = wanted(Axis.Kind.Z, chosen, Keys.SLICES);
        this.frames = wanted(Axis.Kind.TIME, chosen, Keys.FRAMES);
        this.tile = area.isPresent() ? tile(chosen) : new double[0];
    }

    /**
     * Those that the settings and the user's selection ask for.
     *
     * @param image as the file lies
     * @param planes of it
     * @param area that is selected; of the size of its planes
     * @throws UnsupportedImageException if it has not as many slices or time points, or nothing of it is selected
     */
    static Limits of(CalibratedImage image, Planes planes, Optional<SelectedArea> area, ModelSettings chosen)
            throws UnsupportedImageException {
        if (area.isPresent() && area.get().isEmpty()) {
            throw new UnsupportedImageException(
                    image.name(),
                    "the selection holds no pixel of the image",
                    "Move or remove the selection, or set selection=false.");
        }
        return new Limits(image, planes, area.filter(selected -> !selected.isAll()), chosen);
    }

    private static String words(SelectedArea area) {
        var bounds = area.bounds();
        return "the selection (" + bounds.width + " x " + bounds.height + " px at " + bounds.x + ", " + bounds.y + ")";
    }

    private boolean[] wanted(Axis.Kind axis, ModelSettings chosen, OptionalKey<Ranges> key)
            throws UnsupportedImageException {
        boolean[] wanted = new boolean[Math.toIntExact(image.size(axis))];
        Optional<Ranges> ranges = chosen.settings().get(key);
        if (ranges.isPresent() && ranges.get().largest() > wanted.length) {
            throw new UnsupportedImageException(
                    image.name(),
                    key.name() + "=" + ranges.get() + " names more than there are: it has " + wanted.length + " along "
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

    /** Width and height of a tile, as parts of the image; nothing if the area does not spare tiles. */
    private double[] tile(ModelSettings chosen) {
        InputSpec input = chosen.model().input();
        boolean spares = input.rule() == InputSpec.Rule.TILE
                && input.sampling().mode() != InputSpec.Mode.TRIPLANAR
                && planes.orientation().isIdentity();
        if (!spares) {
            return new double[0];
        }
        long[] size = PixelScale.sizeFor(input, planes.planeSize(), planes.pixelSize());
        int[] grid = chosen.grid().size();
        return new double[] {(double) grid[0] / size[0], (double) grid[1] / size[1]};
    }

    /** Whether not all of the image is wanted. */
    boolean areAny() {
        return !words.isEmpty();
    }

    /** What is told about them. */
    Optional<String> note() {
        return areAny()
                ? Optional.of("Only " + String.join(", ", words) + (words.size() == 1 && area.isPresent() ? " was" : " were")
                        + " segmented.")
                : Optional.empty();
    }

    /** The part of the planes that is worth computing: the area and what lies around it. */
    AreaOfInterest area() {
        return tile.length == 0 ? AreaOfInterest.ALL : this::isNear;
    }

    private boolean isNear(double left, double top, double right, double bottom) {
        SelectedArea selected = area.orElseThrow();
        double x = tilesAround * tile[0];
        double y = tilesAround * tile[1];
        return selected.touches(
                (long) Math.floor((left - x) * selected.width()),
                (long) Math.floor((top - y) * selected.height()),
                (long) Math.ceil((right + x) * selected.width()),
                (long) Math.ceil((bottom + y) * selected.height()));
    }

    /** The pixels around the area whose result is that of the whole image; empty if all are. */
    Optional<SelectedArea> sure() {
        return tile.length == 0
                ? Optional.empty()
                : area.map(selected -> selected.grown(
                        (int) (tilesAround * tile[0] * selected.width()),
                        (int) (tilesAround * tile[1] * selected.height())));
    }

    /** From now on twice as much around the area is computed. */
    void grow() {
        tilesAround *= 2;
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
                        && (within.isEmpty()
                                || within.get().contains(at.getLongPosition(0), at.getLongPosition(1)))),
                BitType::new);
        long[] last = kinds.stream().mapToLong(kind -> image.size(kind) - 1).toArray();
        return planes.orientation().apply(Views.interval(mask, new long[last.length], last));
    }

    /** Whether all slices and time points are wanted. */
    boolean haveAllPlanes() {
        return allOf(slices) && allOf(frames);
    }

    private static boolean allOf(boolean... wanted) {
        return Arrays.equals(wanted, filled(wanted.length));
    }

    private static boolean[] filled(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }
}
