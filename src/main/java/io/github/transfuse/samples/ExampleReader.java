package io.github.transfuse.samples;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.inference.Fit;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.inference.PixelScale;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Intervals;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * Reads pairs as examples, by the road on which segmenting with the same model reads images ({@link Preparation}, {@link
 * Fit}, {@link PixelScale}): same channels, axes of the body, normalisation, resampling and padding. A pair of stacks is
 * one example per plane, or for models of volumes one example.
 *
 * @param model that is to learn
 * @param channels chosen ones, counted from 1; empty: all
 * @param coding what mask values mean
 * @param objects reads the objects that found ones are judged by; empty: they are not needed
 */
public record ExampleReader(ModelSpec model, List<Integer> channels, MaskCoding coding, Optional<TruthReader> objects) {

    /** Smallest side of an image that something can be learned from. */
    static final int MIN_SIZE = 32;

    /** Smallest side of a slice of a stack that something can be learned from. */
    static final int MIN_SLICE = 8;

    /** Without objects. */
    public ExampleReader(ModelSpec model, List<Integer> channels, MaskCoding coding) {
        this(model, channels, coding, Optional.empty());
    }

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
        CalibratedImage file = PairImage.read(pair);
        NetworkParts image =
                new Preparation(model, channels, OptionalDouble.empty(), Optional.empty(), notes).planes(file);
        Orientation turn = Orientation.of(file, model.input().sampling().orientation());
        CalibratedImage mask = VolumeGrid.mask(pair, file, turn);
        mask.notes().forEach(notes);
        List<MaskPlane> masks = coding.planes(pair.mask(), mask);
        requireFitting(pair, image.parts(2), masks);
        if (image.spatial() == 3) {
            return List.of(volume(pair, image, masks));
        }
        List<Read> read = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            String stem = masks.size() == 1 ? pair.stem() : pair.stem() + "#" + (i + 1);
            read.add(plane(pair, stem, image, i, masks.get(i)));
        }
        return objects.isPresent() ? withObjects(read, objects.get().planes(pair, masks), image.image()) : read;
    }

    /** As evaluation compares objects: in planes, or through the slices of a stack. */
    private static List<Read> withObjects(List<Read> planes, List<TruthReader.Plane> truth, CalibratedImage image) {
        boolean stack = image.dimension(Axis.Kind.Z).isPresent();
        double voxel = stack ? Lengths.pixel(image.axes().subList(0, 3)) : 1;
        int each = stack ? Math.toIntExact(image.pixels().dimension(2)) : 1;
        List<Read> read = new ArrayList<>();
        for (int from = 0; from < planes.size(); from += each) {
            Optional<TrueObjects> shared =
                    Optional.of(TrueObjects.of(truth.subList(from, from + each), stack ? 3 : 2, voxel > 0 ? voxel : 1));
            planes.subList(from, from + each)
                    .forEach(plane -> read.add(new Read(plane.example, plane.truth.with(shared))));
        }
        return read;
    }

    private void requireFitting(Pair pair, Parts planes, List<MaskPlane> masks) {
        long width = planes.size()[0];
        long height = planes.size()[1];
        MaskPlane mask = masks.get(0);
        if (width != mask.width() || height != mask.height() || planes.count() != masks.size()) {
            throw new SamplesException(pair.imageName() + " has " + planes.count() + " plane(s) of " + width
                    + " x " + height + ", but its mask " + pair.mask().getFileName() + " has " + masks.size()
                    + " of " + mask.width() + " x " + mask.height());
        }
        int smallest = model.input().sampling().mode() == InputSpec.Mode.SLICES ? MIN_SIZE : MIN_SLICE;
        if (Math.min(width, height) < smallest) {
            throw new SamplesException(pair.imageName() + " is only " + width + " x " + height + "; at least "
                    + smallest + " x " + smallest + " pixels are needed");
        }
    }

    private Read volume(Pair pair, NetworkParts image, List<MaskPlane> masks) {
        Parts volumes = image.parts(3);
        if (volumes.count() > 1) {
            throw new SamplesException(
                    pair.imageName() + " has " + volumes.count() + " time points; save each as a volume of its own");
        }
        long[] size = PixelScale.sizeFor(model.input(), volumes.size(), image.pixelSize());
        Picture stored = picture(volumes.part(image.seen().pixels(), 0));
        int[] shape = {Math.toIntExact(size[2]), Math.toIntExact(size[1]), Math.toIntExact(size[0])};
        return new VolumeReader(model.network(), coding).read(pair.stem(), stored, units(image), masks, shape);
    }

    private Units units(NetworkParts image) {
        return Units.of(model.input().normalization(), image.seenNormalization());
    }

    private Read plane(Pair pair, String stem, NetworkParts planes, int index, MaskPlane mask) {
        InputSpec input = model.input();
        Parts parts = planes.parts(2);
        boolean tiles = input.rule() == InputSpec.Rule.TILE;
        Fit fit = tiles
                ? Fit.unpadded(PixelScale.sizeFor(input, parts.size(), planes.pixelSize()))
                : Fit.of(parts.size(), input);
        int[] size = {Math.toIntExact(fit.size()[1]), Math.toIntExact(fit.size()[0])};
        Picture image = picture(parts.part(planes.seen().pixels(), index)).resized(size[0], size[1]);
        Truth truth = truth(pair, stem, mask);
        Truth learned = tiles ? truth(pair, stem, Targets.nearest(mask, size[0], size[1])) : truth;
        byte[] target = model.network().classes() == 1
                ? Targets.soft(learned, size[0], size[1])
                : Targets.nearest(learned, size[0], size[1]);
        if (input.rule() == InputSpec.Rule.RESIZE_PADDED) {
            int top = Math.toIntExact(fit.origin()[1]);
            int left = Math.toIntExact(fit.origin()[0]);
            image = image.padded(input.size().get(0), input.size().get(1), top, left);
            target = Targets.padded(target, size, input.size(), top, left);
        }
        return new Read(new Example(stem, image, units(planes), target), truth);
    }

    private Truth truth(Pair pair, String stem, MaskPlane mask) {
        return new Truth(pair.stem(), mask.height(), mask.width(), coding.classes(mask, stem));
    }

    /** Stored values of a plane or volume whose last axis is the channel. */
    private static Picture picture(RandomAccessibleInterval<? extends RealType<?>> plane) {
        int width = Math.toIntExact(plane.dimension(0));
        int height = Math.toIntExact(plane.dimension(1));
        int count = Math.toIntExact(Intervals.numElements(plane));
        Cursor<? extends RealType<?>> cursor =
                IterableRandomAccessibleInterval.create(plane).cursor();
        if (plane.getAt(plane.minAsLongArray()) instanceof UnsignedByteType) {
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
