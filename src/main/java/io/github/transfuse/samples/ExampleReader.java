package io.github.transfuse.samples;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Channels;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.NeighbourSlices;
import io.github.transfuse.image.Normalizer;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.imglib2.Cursor;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * Reads pairs as examples, as segmenting with the same model reads images: same channels, axes of the body, normalisation, resampling and
 * padding. A pair of stacks is one example per plane, or for models of volumes one example.
 *
 * @param input of the model
 * @param network of the model
 * @param channels chosen ones, counted from 1; empty: all
 * @param coding what mask values mean
 */
public record ExampleReader(InputSpec input, NetworkSpec network, List<Integer> channels, MaskCoding coding) {

    /** Smallest side of an image that something can be learned from. */
    static final int SMALLEST = 32;

    /** Smallest side of a slice of a stack that something can be learned from. */
    static final int SMALLEST_SLICE = 8;

    /** Pixel sizes that differ by less are taken as equal, as in segmenting. */
    private static final double SAME_SCALE = 0.02;

    /**
     * An example with its mask.
     *
     * @param example as the network sees it
     * @param truth what it is judged by
     */
    public record Read(Example example, Truth truth) {}

    /**
     * The examples of a pair.
     *
     * @throws SamplesException if image and mask differ in size or number of planes, or are too small
     * @throws IOException if a file cannot be read
     */
    public List<Read> read(Pair pair) throws IOException {
        return read(pair, note -> {});
    }

    /** As {@link #read(Pair)}; what the user should know of the image's orientation is told. */
    List<Read> read(Pair pair, Consumer<String> notes) throws IOException {
        CalibratedImage file = ImageFiles.read(pair.image());
        InputSpec.Sampling sampling = input.sampling();
        Orientation turn = Orientation.of(file, sampling.orientation());
        turn.notes().forEach(notes);
        CalibratedImage alone = Channels.match(turn.apply(file), network.channels() / sampling.slices(), channels);
        FittedNormalization fitted = Normalizer.fit(input.normalization(), alone);
        Units units = Units.of(input.normalization(), fitted.repeated(sampling.slices()));
        CalibratedImage image = NeighbourSlices.asChannels(alone, sampling.context());
        List<CalibratedImage> planes = Planes.of(image);
        List<MaskPlane> masks = MaskPlane.of(pair.mask(), VolumeGrid.mask(pair, file, turn));
        requireFitting(pair, planes, masks);
        if (sampling.mode().axes() == 3) {
            return List.of(volume(pair, image, units, masks));
        }
        List<Read> read = new ArrayList<>();
        for (int i = 0; i < planes.size(); i++) {
            String stem = planes.size() == 1 ? pair.stem() : pair.stem() + "#" + (i + 1);
            read.add(read(pair, stem, planes.get(i), units, masks.get(i)));
        }
        return read;
    }

    private void requireFitting(Pair pair, List<CalibratedImage> planes, List<MaskPlane> masks) {
        long width = planes.get(0).size(Axis.Kind.X);
        long height = planes.get(0).size(Axis.Kind.Y);
        MaskPlane mask = masks.get(0);
        if (width != mask.width() || height != mask.height() || planes.size() != masks.size()) {
            throw new SamplesException(pair.image().getFileName() + " has " + planes.size() + " plane(s) of " + width
                    + " x " + height + ", but its mask " + pair.mask().getFileName() + " has " + masks.size()
                    + " of " + mask.width() + " x " + mask.height());
        }
        int smallest = input.sampling().mode() == InputSpec.Mode.SLICES ? SMALLEST : SMALLEST_SLICE;
        if (Math.min(width, height) < smallest) {
            throw new SamplesException(pair.image().getFileName() + " is only " + width + " x " + height + "; at least "
                    + smallest + " x " + smallest + " pixels are needed");
        }
    }

    private Read volume(Pair pair, CalibratedImage image, Units units, List<MaskPlane> masks) {
        if (image.size(Axis.Kind.TIME) > 1) {
            throw new SamplesException(pair.image().getFileName() + " has " + image.size(Axis.Kind.TIME)
                    + " time points; save each as a volume of its own");
        }
        CalibratedImage volume = image.slice(Axis.Kind.TIME, 0);
        int slices = volume.dimension(Axis.Kind.Z).isPresent() ? scaled(volume, Axis.Kind.Z, 0) : 1;
        int last = input.size().size() - 1; // planes across all axes have one pixel size, that of y and x
        int[] size = {slices, scaled(volume, Axis.Kind.Y, last - 1), scaled(volume, Axis.Kind.X, last)};
        return new VolumeReader(network, coding).read(pair.stem(), volume, units, masks, size);
    }

    private Read read(Pair pair, String stem, CalibratedImage plane, Units units, MaskPlane mask) {
        Picture picture = picture(plane);
        int[] size = sizeOf(plane);
        Picture image = picture.resized(size[0], size[1]);
        boolean tiles = input.rule() == InputSpec.Rule.TILE;
        MaskPlane seen = tiles ? Targets.nearest(mask, size[0], size[1]) : mask;
        Truth truth = new Truth(pair.stem(), seen.height(), seen.width(), coding.classes(seen, stem));
        byte[] target = network.classes() == 1
                ? Targets.soft(truth, size[0], size[1])
                : Targets.nearest(truth, size[0], size[1]);
        if (input.rule() == InputSpec.Rule.RESIZE_PADDED) {
            image = image.padded(input.size().get(0), input.size().get(1));
            target = Targets.padded(target, size, input.size());
        }
        return new Read(new Example(stem, image, units, target), truth);
    }

    /** Rows and columns after resampling, before padding. */
    private int[] sizeOf(CalibratedImage plane) {
        long height = plane.size(Axis.Kind.Y);
        long width = plane.size(Axis.Kind.X);
        if (input.rule() == InputSpec.Rule.TILE) {
            return new int[] {scaled(plane, Axis.Kind.Y, 0), scaled(plane, Axis.Kind.X, 1)};
        }
        return contentSize(input, Math.toIntExact(height), Math.toIntExact(width));
    }

    /** Rows and columns that an image of a size has in the input, without padding; not for tiles. */
    public static int[] contentSize(InputSpec input, int height, int width) {
        int rows = input.size().get(0);
        int columns = input.size().get(1);
        if (input.rule() == InputSpec.Rule.RESIZE_PADDED) {
            double scale = Math.min((double) rows / height, (double) columns / width);
            return new int[] {fitted(height * scale, rows), fitted(width * scale, columns)};
        }
        return new int[] {rows, columns};
    }

    private static int fitted(double length, int most) {
        return Math.max(1, Math.min(most, Math.toIntExact(Math.round(length))));
    }

    /** The length of an axis at the model's pixel size, where both are known in the same unit. */
    private int scaled(CalibratedImage plane, Axis.Kind kind, int index) {
        int length = Math.toIntExact(plane.size(kind));
        Axis axis = plane.axes().get(plane.dimension(kind).orElseThrow());
        InputSpec.Sampling sampling = input.sampling();
        OptionalDouble spacing = Lengths.spacing(axis, sampling.unit());
        if (sampling.pixelSize().isEmpty() || spacing.isEmpty()) {
            return length;
        }
        double factor = spacing.getAsDouble() / sampling.pixelSize().get().get(index);
        return Math.abs(factor - 1) > SAME_SCALE ? (int) Math.max(1, Math.round(length * factor)) : length;
    }

    /** Stored values of a plane or volume whose last axis is the channel. */
    static Picture picture(CalibratedImage plane) {
        int height = Math.toIntExact(plane.size(Axis.Kind.Y));
        int width = Math.toIntExact(plane.size(Axis.Kind.X));
        Cursor<? extends RealType<?>> cursor =
                IterableRandomAccessibleInterval.create(plane.pixels()).cursor();
        long planes = Math.multiplyExact(plane.size(Axis.Kind.Z), plane.size(Axis.Kind.CHANNEL));
        int count = Math.toIntExact(Math.multiplyExact(planes, (long) height * width));
        if (plane.pixels().getAt(plane.pixels().minAsLongArray()) instanceof UnsignedByteType) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) cursor.next().getRealFloat();
            }
            return Picture.ofBytes(height, width, bytes);
        }
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = cursor.next().getRealFloat();
        }
        return Picture.ofFloats(height, width, floats);
    }
}
