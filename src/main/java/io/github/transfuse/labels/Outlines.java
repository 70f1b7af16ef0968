package io.github.transfuse.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** The borders of labels, as pixels or as polygons. */
public final class Outlines {
    private Outlines() {}

    /**
     * The pixels of objects that share a face with another label, with background, or with the outside of the image.
     *
     * @param labels 0 = background, any dimension
     * @return 255 on outlines, 0 elsewhere; starts at 0
     */
    public static Img<UnsignedByteType> mask(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        RandomAccessibleInterval<? extends IntegerType<?>> image = Views.zeroMin(labels);
        long[] size = image.dimensionsAsLongArray();
        Img<UnsignedByteType> mask = LabelImages.create(new UnsignedByteType(), size);
        RandomAccess<? extends IntegerType<?>> label = image.randomAccess();
        RandomAccess<UnsignedByteType> out = mask.randomAccess();
        Rows.forEach(size, position -> {
            long[] at = position.clone();
            for (at[0] = 0; at[0] < size[0]; at[0]++) {
                if (isBorder(label, at, size)) {
                    out.setPositionAndGet(at).set(255);
                }
            }
        });
        return mask;
    }

    private static boolean isBorder(RandomAccess<? extends IntegerType<?>> label, long[] at, long[] size) {
        long own = label.setPositionAndGet(at).getIntegerLong();
        if (own == 0) {
            return false;
        }
        for (int d = 0; d < size.length; d++) {
            if (at[d] == 0 || at[d] == size[d] - 1) {
                return true;
            }
            label.bck(d);
            boolean same = label.get().getIntegerLong() == own;
            label.move(2, d);
            same &= label.get().getIntegerLong() == own;
            label.bck(d);
            if (!same) {
                return true;
            }
        }
        return false;
    }

    /**
     * A closed polygon along pixel edges: vertex (0, 0) is the upper left corner of the first pixel. Only corners are
     * listed; the last is joined to the first.
     *
     * @param label of the pixels that it bounds
     * @param x of the vertices
     * @param y of the vertices
     * @param hole whether it bounds the object from inside
     */
    public record Ring(long label, long[] x, long[] y, boolean hole) {
        private Ring fromSecondVertex() {
            return new Ring(label, rotated(x), rotated(y), hole);
        }

        private static long[] rotated(long... values) {
            long[] rotated = Arrays.copyOfRange(values, 1, values.length + 1);
            rotated[values.length - 1] = values[0];
            return rotated;
        }
    }

    /**
     * Traces all labels of a plane. Pixels of one label that meet at a corner only belong to different rings; the ring
     * of an object whose hole meets the outside at a corner touches itself there.
     *
     * @param labels 0 = background, two axes
     * @return rings in raster order of their first pixel
     * @throws IllegalArgumentException if there are not two axes
     */
    public static List<Ring> trace(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        List<Ring> rings = new ArrayList<>();
        tracer(labels, false).trace(rings::add);
        return rings;
    }

    /**
     * Traces all labels of a plane as ImageJ's wand does: pixels of one label that meet at a corner only belong to one ring,
     * and the vertices are in the wand's order, on which ImageJ's perimeter depends.
     *
     * @param labels 0 = background, two axes
     * @param each gets the rings in raster order of their first pixel
     * @throws IllegalArgumentException if there are not two axes
     */
    public static void traceJoined(RandomAccessibleInterval<? extends IntegerType<?>> labels, Consumer<Ring> each) {
        tracer(labels, true).trace(ring -> each.accept(ring.fromSecondVertex()));
    }

    private static RingTracer tracer(RandomAccessibleInterval<? extends IntegerType<?>> labels, boolean joined) {
        if (labels.numDimensions() != 2) {
            throw new IllegalArgumentException("outlines are traced in planes: slice the volume first");
        }
        return new RingTracer(Views.zeroMin(labels), joined);
    }
}
