package io.github.transfuse.training;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Crops;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.KnownClasses;
import io.github.transfuse.samples.MaskCoding;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.NamedMasks;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.PairImage;
import io.github.transfuse.samples.StructureWidth;
import io.github.transfuse.settings.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.ConstantUtils;

/**
 * What training images and masks look like: enough to propose settings that fit them.
 *
 * @param width median, in pixels
 * @param height median, in pixels
 * @param channels of the images
 * @param type what the values of masks mean; never AUTO
 * @param meaning of the values of masks, for people
 * @param classes foreground classes: 1 for binary masks and instances
 * @param pixelSize median, in {@value #UNIT}, if all images know it and their pixels are square
 * @param frames median of the time points
 * @param volumes the images as volumes
 * @param orientation the axes of the body that all of this is along; empty: images as their files have them
 * @param looks of the pixels and of what masks show
 */
record DataSurvey(
        int width,
        int height,
        int channels,
        MaskType type,
        String meaning,
        int classes,
        Optional<Double> pixelSize,
        int frames,
        VolumeSurvey volumes,
        Optional<String> orientation,
        Looks looks) {

    /**
     * What pixels and masks look like.
     *
     * @param bytes whether all images have 8 bits
     * @param thinnest class, the background included, in pixels of the masks ({@link StructureWidth})
     */
    record Looks(boolean bytes, StructureWidth.Width thinnest) {
        private static Looks of(List<Look> images, List<Pair> pairs, MaskCoding coding) throws IOException {
            return new Looks(images.stream().allMatch(Look::bytes), StructureWidth.thinnest(pairs, coding));
        }

        /** Its width. */
        double thinner() {
            return thinnest.pixels();
        }
    }

    /** Longest side of images that are seen whole: beyond, details would be lost. */
    private static final int MAX_WHOLE = 1024;

    /** Unit of the pixel size. */
    static final String UNIT = "micron";

    /** Pixels are taken for square within this part of their size. */
    private static final double SQUARE = 0.01;

    /** Pairs that are looked at, spread evenly. */
    private static final int LOOKED_AT = 40;

    /**
     * Looks at images and masks.
     *
     * @param asked type of the masks; AUTO: found out
     * @param ignored value of masks that is left out
     * @param known classes that the masks can have
     * @param axes which of the body the model shall see volumes along
     * @throws io.github.transfuse.samples.SamplesException if the masks leave open what they mean
     */
    static DataSurvey of(List<Pair> pairs, MaskType asked, Optional<Integer> ignored, KnownClasses known, BodyAxes axes)
            throws IOException {
        List<Integer> widths = new ArrayList<>();
        List<Integer> heights = new ArrayList<>();
        List<Integer> frames = new ArrayList<>();
        VolumeSurvey.Collector volumes = new VolumeSurvey.Collector();
        int channels = 1;
        List<Double> pixelSizes = new ArrayList<>();
        List<Pair> seen = spread(pairs);
        List<Look> looks = new ArrayList<>();
        for (Pair pair : seen) {
            looks.add(Look.at(pair.imageName(), PairImage.read(pair)));
        }
        Optional<String> orientation = axes.of(looks.stream().map(Look::image).toList());
        for (Look look : looks) {
            CalibratedImage image = Orientation.of(look.image, orientation).apply(look.image);
            pixelSize(image).ifPresent(pixelSizes::add);
            volumes.add(look.name, image, look.lowest);
            widths.add((int) image.size(Axis.Kind.X));
            heights.add((int) image.size(Axis.Kind.Y));
            frames.add((int) image.size(Axis.Kind.TIME));
            channels = Math.max(channels, (int) image.size(Axis.Kind.CHANNEL));
        }
        MaskCoding coding = coding(pairs, new ExampleSet.Reading(asked, ignored, List.of()), known);
        MaskType type = asked == MaskType.AUTO ? typeOf(coding) : asked;
        return new DataSurvey(
                Numbers.median(widths),
                Numbers.median(heights),
                channels,
                type,
                type == MaskType.INSTANCES ? "masks: 0 is background, each other value is an object" : coding.note(),
                type == MaskType.CLASSES ? classes(coding) : 1,
                pixelSizes.size() == seen.size() ? Optional.of(Numbers.median(pixelSizes)) : Optional.empty(),
                Numbers.median(frames),
                volumes.medians(),
                orientation,
                Looks.of(looks, seen, coding));
    }

    private static List<Pair> spread(List<Pair> pairs) {
        int step = 1 + (pairs.size() - 1) / LOOKED_AT;
        return IntStream.range(0, pairs.size())
                .filter(i -> i % step == 0)
                .mapToObj(pairs::get)
                .toList();
    }

    /** Names are those of all masks, for one that is rare may be a class. */
    private static MaskCoding coding(List<Pair> pairs, ExampleSet.Reading reading, KnownClasses known)
            throws IOException {
        NamedMasks names =
                NamedMasks.of(pairs, reading, OutputSpec.Kind.CLASSES, known).required();
        return ExampleSet.coding(spread(pairs), names, reading, OutputSpec.Kind.CLASSES, known);
    }

    private static int classes(MaskCoding coding) {
        return Math.max(coding.names().count(), Math.max(1, coding.classes() - 1));
    }

    /** Where names tell, what has other names is background, which {@code binary} would not say. */
    private static MaskType typeOf(MaskCoding coding) {
        boolean foreground =
                coding.rule() == MaskCoding.Rule.ABOVE && coding.names().count() == 0;
        return foreground ? MaskType.BINARY : MaskType.CLASSES;
    }

    /**
     * What is kept of an image.
     *
     * @param name for messages
     * @param image its axes, size and place, without its pixels
     * @param lowest of its values, if it is a volume; else 0
     * @param bytes whether it has 8 bits
     */
    private record Look(String name, CalibratedImage image, double lowest, boolean bytes) {
        static Look at(String name, CalibratedImage image) {
            boolean bytes = image.pixels().getAt(image.pixels().minAsLongArray()) instanceof UnsignedByteType;
            var nothing = ConstantUtils.constantRandomAccessibleInterval(new FloatType(), image.pixels());
            return new Look(name, image.withPixels(nothing), VolumeSurvey.lowest(image), bytes);
        }
    }

    /** Width of the thinnest class, the background included, in images brought to so many pixels. */
    double thinnerAt(double pixels) {
        return looks.thinner() * Math.sqrt(pixels / ((double) width * height));
    }

    /** Whether images are larger than those whose details survive being seen whole. */
    boolean isLarge() {
        return Math.max(width, height) > MAX_WHOLE;
    }

    /** About how many examples an epoch takes from the median image, were its pixels as large as the model's. */
    int examplesPerImage(InputSpec input) {
        int slices = volumes.size().get(0);
        double plane = (double) width * height * enlarged(input);
        if (input.sampling().mode().axes() == 3) {
            return frames * Crops.perImage(plane * slices, input.size());
        }
        return frames * slices * (input.rule() == InputSpec.Rule.TILE ? Crops.perImage(plane, input.size()) : 1);
    }

    /** How many pixels of the model a pixel without calibration becomes. */
    private static double enlarged(InputSpec input) {
        InputSpec.Sampling sampling = input.sampling();
        boolean pixels = sampling.mode().axes() == 2 && sampling.unit().equals(Axis.UNCALIBRATED);
        double size =
                sampling.pixelSize().filter(any -> pixels).map(s -> s.get(0)).orElse(1.0);
        return 1 / (size * size);
    }

    private static Optional<Double> pixelSize(CalibratedImage image) {
        OptionalDouble x = Lengths.spacing(image.axes().get(0), UNIT);
        OptionalDouble y = Lengths.spacing(image.axes().get(1), UNIT);
        boolean usable = x.isPresent() && y.isPresent() && Math.abs(x.getAsDouble() / y.getAsDouble() - 1) < SQUARE;
        return usable ? Optional.of(x.getAsDouble()) : Optional.empty();
    }
}
