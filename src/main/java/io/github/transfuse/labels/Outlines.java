package io.github.transfuse.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
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
    public record Ring(long label, long[] x, long[] y, boolean hole) {}

    private static double signedArea(long[] x, long[] y) {
        double twice = 0;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            twice += (double) x[j] * y[i] - (double) x[i] * y[j];
        }
        return twice / 2;
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
        if (labels.numDimensions() != 2) {
            throw new IllegalArgumentException("outlines are traced in planes: slice the volume first");
        }
        return new Tracer(Views.zeroMin(labels)).trace();
    }

    private static final class Tracer {
        /** Right, down, left, up. */
        private static final int[] DX = {1, 0, -1, 0};

        private static final int[] DY = {0, 1, 0, -1};

        private final RandomAccess<? extends IntegerType<?>> pixels;
        private final RandomAccessibleInterval<? extends IntegerType<?>> image;
        /** Upper edges of pixels that a ring has walked along, one set per row. */
        private final BitSet[] walked;

        Tracer(RandomAccessibleInterval<? extends IntegerType<?>> image) {
            this.image = image;
            this.pixels = image.randomAccess();
            this.walked = new BitSet[Math.toIntExact(image.dimension(1))];
            Arrays.setAll(walked, y -> new BitSet());
        }

        List<Ring> trace() {
            List<Ring> rings = new ArrayList<>();
            for (int y = 0; y < image.dimension(1); y++) {
                for (int x = 0; x < image.dimension(0); x++) {
                    long label = at(x, y);
                    if (label != 0 && at(x, y - 1L) != label && !walked[y].get(x)) {
                        rings.add(walk(x, y, label));
                    }
                }
            }
            return rings;
        }

        private long at(long x, long y) {
            if (x < 0 || y < 0 || x >= image.dimension(0) || y >= image.dimension(1)) {
                return 0;
            }
            pixels.setPosition(x, 0);
            pixels.setPosition(y, 1);
            return pixels.get().getIntegerLong();
        }

        /** Follows the edge with the object on the right hand, from the upper left corner of a pixel. */
        private Ring walk(long startX, long startY, long label) {
            List<long[]> corners = new ArrayList<>();
            long x = startX;
            long y = startY;
            int direction = 0;
            do {
                if (direction == 0) {
                    walked[(int) y].set((int) x);
                }
                x += DX[direction];
                y += DY[direction];
                int next = turn(x, y, direction, label);
                if (next != direction) {
                    corners.add(new long[] {x, y});
                    direction = next;
                }
            } while (x != startX || y != startY || direction != 0);
            long[] xs = corners.stream().mapToLong(c -> c[0]).toArray();
            long[] ys = corners.stream().mapToLong(c -> c[1]).toArray();
            return new Ring(label, xs, ys, signedArea(xs, ys) < 0);
        }

        /** Right where the pixel ahead on the right is not the object's, else straight on, else left. */
        private int turn(long x, long y, int direction, long label) {
            if (!isObject(x, y, direction, (direction + 1) % 4, label)) {
                return (direction + 1) % 4;
            }
            return isObject(x, y, direction, (direction + 3) % 4, label) ? (direction + 3) % 4 : direction;
        }

        /** Whether the pixel at this vertex that lies ahead and to one side is the object's. */
        private boolean isObject(long x, long y, int ahead, int side, long label) {
            long px = x + (DX[ahead] + DX[side] < 0 ? -1 : 0);
            long py = y + (DY[ahead] + DY[side] < 0 ? -1 : 0);
            return at(px, py) == label;
        }
    }
}
