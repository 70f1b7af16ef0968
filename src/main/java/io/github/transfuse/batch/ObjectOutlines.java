package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.RoiShapes;
import io.github.transfuse.labels.Outlines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;

/**
 * The outlines of labels, one for each label of a plane: objects that touch stay apart, and an object in parts is one.
 *
 * @param labels 0 = background; x, y, then z and time where there are
 * @param slices along z; 1 if there are none
 * @param names of labels, such as {@code nucleus 12}
 * @param groups of labels, 0 to 255: class numbers
 * @param colors of labels, 0xRRGGBB
 */
public record ObjectOutlines(
        RandomAccessibleInterval<? extends IntegerType<?>> labels,
        int slices,
        LongFunction<String> names,
        LongFunction<Integer> groups,
        LongFunction<Integer> colors) {

    private static final int MAX_GROUP = 255;

    /** Those of a result: named by class and label; their group is the number of the class. */
    public static ObjectOutlines of(Segmentation result) {
        boolean stack = result.axes().size() > 2 && result.axes().get(2).kind() == Axis.Kind.Z;
        int slices = stack ? (int) result.labels().dimension(2) : 1;
        return of(result.labels(), slices, LabelClasses.of(result), result.colors());
    }

    /**
     * Those of labels.
     *
     * @param classes those that the names begin with
     * @param colors of labels; the first is that of background
     */
    public static ObjectOutlines of(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            int slices,
            LabelClasses classes,
            int... colors) {
        return new ObjectOutlines(
                labels,
                slices,
                label -> name(classes, label),
                label -> classes.areLabels() ? (int) Math.min(MAX_GROUP, label) : 1,
                label -> colors[(int) ((label - 1) % (colors.length - 1) + 1)]);
    }

    private static String name(LabelClasses classes, long label) {
        String name = classes.className(label);
        String unknown = classes.areLabels() ? "class" : "object";
        return (name.isEmpty() ? unknown : name) + " " + label;
    }

    /** All of them, by plane and label; names of labels in stacks end in their plane. */
    public List<RoiShapes.Named> all() {
        int planes = planes();
        List<RoiShapes.Named> all = new ArrayList<>();
        for (int plane = 0; plane < planes; plane++) {
            Map<Long, List<RoiShapes.Outline>> outlines = new TreeMap<>();
            Outlines.traceJoined(plane(plane), ring -> outlines.computeIfAbsent(ring.label(), l -> new ArrayList<>())
                    .add(new RoiShapes.Outline(ints(ring.x()), ints(ring.y()))));
            int slice = planes == 1 ? 0 : plane % slices + 1;
            int frame = planes == 1 ? 0 : plane / slices + 1;
            String suffix = (slices > 1 ? " z" + slice : "") + (planes > slices ? " t" + frame : "");
            outlines.forEach((label, rings) -> all.add(new RoiShapes.Named(
                    names.apply(label) + suffix, rings, groups.apply(label), colors.apply(label), slice, frame)));
        }
        return all;
    }

    /** How many frames there are. */
    public int frames() {
        return planes() / slices;
    }

    /** Slices of all frames. */
    int planes() {
        return Math.toIntExact(
                Arrays.stream(labels.dimensionsAsLongArray()).skip(2).reduce(1, Math::multiplyExact));
    }

    /** Slices first, then frames. */
    RandomAccessibleInterval<? extends IntegerType<?>> plane(int index) {
        RandomAccessibleInterval<? extends IntegerType<?>> plane = Views.zeroMin(labels);
        for (int rest = index; plane.numDimensions() > 2; ) {
            int length = (int) plane.dimension(2);
            plane = Views.hyperSlice(plane, 2, rest % length);
            rest /= length;
        }
        return plane;
    }

    private static int[] ints(long... values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
