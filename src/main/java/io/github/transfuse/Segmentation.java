package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.labels.LabelColors;
import io.github.transfuse.labels.LabelType;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.segmentation.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A segmented image.
 *
 * @param labels 0 = background; classes or objects, as {@code kind} says; the axes and coordinates of the image, without its
 *     channels
 * @param kind what the labels mean
 * @param axes of the labels, with calibration
 * @param sliceLabels those of the image; see {@link CalibratedImage#sliceLabels}
 * @param probabilities in [0, 1], the axes of the labels and the class as last axis (one class: of the foreground; more:
 *     background first); empty unless the setting {@code probabilities} asked for them
 * @param objects number of objects, in all planes together; empty for class maps
 * @param orientation how the image was brought to the axes of the model; all the rest here lies as the image does
 * @param provenance how the result came about
 */
public record Segmentation(
        RandomAccessibleInterval<? extends IntegerType<?>> labels,
        OutputSpec.Kind kind,
        List<Axis> axes,
        List<String> sliceLabels,
        Optional<RandomAccessibleInterval<FloatType>> probabilities,
        OptionalLong objects,
        Orientation orientation,
        Provenance provenance) {

    private static final int COLORS = 256;

    /** Copies the lists. */
    public Segmentation {
        axes = List.copyOf(axes);
        sliceLabels = List.copyOf(sliceLabels);
    }

    /** The same result with the coordinates of the image's pixels. */
    Segmentation placedAs(CalibratedImage image) {
        long[] min = new long[axes.size() + 1];
        for (int d = 0; d < axes.size(); d++) {
            OptionalInt dimension = image.dimension(axes.get(d).kind());
            min[d] = dimension.isPresent() ? image.pixels().min(dimension.getAsInt()) : 0;
        }
        if (Arrays.stream(min).allMatch(m -> m == 0)) {
            return this;
        }
        return new Segmentation(
                Views.translate(labels, Arrays.copyOf(min, axes.size())),
                kind,
                axes,
                sliceLabels,
                probabilities.map(p -> Views.translate(p, min)),
                objects,
                orientation,
                provenance);
    }

    /** How it was computed. */
    public Statistics statistics() {
        return provenance.statistics();
    }

    /**
     * The labels as hosts show and store them, from 0 on: 8 bits for class maps, 16 for objects, 32-bit floats above 65,535
     * of them.
     *
     * @param title such as {@code cells-labels}
     */
    public CalibratedImage labelImage(String title) {
        LabelType type = kind == OutputSpec.Kind.CLASSES ? LabelType.UINT8 : LabelType.forInstances(objects.orElse(0));
        var pixels =
                switch (type) {
                    case UINT8 -> labels;
                    case UINT16 -> shorts(labels);
                    case FLOAT32 -> floats(labels);
                };
        return new CalibratedImage(title, pixels, axes, false, List.of())
                .withSliceLabels(sliceLabels)
                .fromZero();
    }

    /** Any image of integers has one type, whichever it is: the views below only read it. */
    private static <T extends IntegerType<T>> RandomAccessibleInterval<UnsignedShortType> shorts(
            RandomAccessibleInterval<? extends IntegerType<?>> image) {
        @SuppressWarnings("unchecked")
        RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) image;
        return Converters.convert(typed, (in, out) -> out.set(in.getInteger()), new UnsignedShortType());
    }

    private static <T extends IntegerType<T>> RandomAccessibleInterval<FloatType> floats(
            RandomAccessibleInterval<? extends IntegerType<?>> image) {
        @SuppressWarnings("unchecked")
        RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) image;
        return Converters.convert(typed, (in, out) -> out.set(in.getRealFloat()), new FloatType());
    }

    /**
     * The probabilities with their axes, from 0 on, the classes as channels; empty if they were not asked for.
     *
     * @param title such as {@code cells-probabilities}
     */
    public Optional<CalibratedImage> probabilityImage(String title) {
        List<Axis> withClasses = new ArrayList<>(axes);
        withClasses.add(Axis.of(Axis.Kind.CHANNEL));
        return probabilities.map(image -> new CalibratedImage(title, image, withClasses, false, List.of())
                .withSliceLabels(sliceLabels)
                .fromZero());
    }

    /** Colours of the labels 0 to 255, 0xRRGGBB: those of the model for classes, else far from each other. */
    public int[] colors() {
        int[] colors = new int[COLORS];
        List<OutputSpec.ClassSpec> classes = provenance.model().spec().output().classes();
        for (int label = 1; label < COLORS; label++) {
            boolean named = kind == OutputSpec.Kind.CLASSES && label <= classes.size();
            colors[label] = named ? classes.get(label - 1).color() : LabelColors.rgb(label);
        }
        return colors;
    }
}
