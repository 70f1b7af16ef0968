package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/** Removes small objects and fills holes, in place, in any dimension. */
public final class LabelCleaning {
    /** Marks a hole that must stay. */
    private static final long KEEP = -1;

    private LabelCleaning() {}

    /**
     * Removes objects smaller than a number of pixels and closes the gaps in the numbering.
     *
     * @param labels instances, 0 = background; changed
     * @param minSize least number of pixels that stays, 0 or more
     * @return the number of objects left, labelled 1 to that number in the order they had
     * @throws IllegalArgumentException if minSize is negative or not a number
     */
    public static int removeSmall(RandomAccessibleInterval<? extends IntegerType<?>> labels, double minSize) {
        return removeSmall(labels, minSize, 1);
    }

    /**
     * Removes objects smaller than an area or a volume and closes the gaps in the numbering.
     *
     * @param labels instances, 0 = background; changed
     * @param minSize least area or volume that stays, in calibrated units, 0 or more
     * @param calibration length of a pixel along each axis
     * @return the number of objects left, labelled 1 to that number in the order they had
     * @throws IllegalArgumentException if minSize is negative or not a number, or the calibration has another number of
     *     axes or a length that is not positive
     */
    public static int removeSmall(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, double minSize, double... calibration) {
        if (!(minSize >= 0)) {
            throw new IllegalArgumentException("min_size " + minSize + " must be 0 or more");
        }
        double pixel = pixelSize(labels.numDimensions(), calibration);
        SortedMap<Long, Long> sizes = sizes(labels);
        Map<Long, Integer> numbers = new HashMap<>();
        sizes.remove(0L);
        sizes.forEach((label, pixels) -> {
            // a hair of tolerance, so that 10 pixels of 0.1 are 1
            if (pixels * pixel >= minSize * (1 - 1e-12)) {
                numbers.put(label, numbers.size() + 1);
            }
        });
        renumber(labels, numbers);
        return numbers.size();
    }

    /**
     * Labels that touch the border.
     *
     * @param labels 0 = background, which is not among them
     * @return those of pixels with the first or the last position along any axis
     */
    public static Set<Long> atEdges(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        Set<Long> found = new HashSet<>();
        for (int d = 0; d < labels.numDimensions(); d++) {
            for (long position : new long[] {labels.min(d), labels.max(d)}) {
                for (IntegerType<?> pixel :
                        IterableRandomAccessibleInterval.create(Views.hyperSlice(labels, d, position))) {
                    found.add(pixel.getIntegerLong());
                }
            }
        }
        found.remove(0L);
        return found;
    }

    /** Makes labels background; the numbers of the others stay. */
    public static void remove(RandomAccessibleInterval<? extends IntegerType<?>> labels, Set<Long> removed) {
        for (IntegerType<?> pixel : IterableRandomAccessibleInterval.create(labels)) {
            if (removed.contains(pixel.getIntegerLong())) {
                pixel.setInteger(0);
            }
        }
    }

    /**
     * Removes the objects that are not wanted and closes the gaps in the numbering.
     *
     * @param labels instances, 0 = background; changed
     * @param wanted asked for each label
     * @return the number of objects left, labelled 1 to that number in the order they had
     */
    public static int keep(RandomAccessibleInterval<? extends IntegerType<?>> labels, LongPredicate wanted) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (long label : sizes(labels).keySet()) {
            if (label != 0 && wanted.test(label)) {
                numbers.put(label, numbers.size() + 1);
            }
        }
        renumber(labels, numbers);
        return numbers.size();
    }

    /** Pixels of each label, background included. Neighbours mostly have the same label: counted by runs. */
    private static SortedMap<Long, Long> sizes(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        SortedMap<Long, Long> sizes = new TreeMap<>();
        long current = 0;
        long run = 0;
        for (IntegerType<?> pixel : IterableRandomAccessibleInterval.create(labels)) {
            long label = pixel.getIntegerLong();
            if (label != current) {
                sizes.merge(current, run, Long::sum);
                current = label;
                run = 0;
            }
            run++;
        }
        sizes.merge(current, run, Long::sum);
        return sizes;
    }

    private static void renumber(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, Map<Long, Integer> numbers) {
        long current = 0;
        int number = 0;
        for (IntegerType<?> pixel : IterableRandomAccessibleInterval.create(labels)) {
            long label = pixel.getIntegerLong();
            if (label != current) {
                current = label;
                number = numbers.getOrDefault(label, 0);
            }
            pixel.setInteger(number);
        }
    }

    private static double pixelSize(int axes, double[] calibration) {
        double volume = 1;
        for (double length : calibration) {
            volume *= length;
        }
        boolean uncalibrated = calibration.length == 1 && calibration[0] == 1;
        if (!(volume > 0) || !Double.isFinite(volume) || (calibration.length != axes && !uncalibrated)) {
            throw new IllegalArgumentException("calibration " + Arrays.toString(calibration)
                    + " must be a positive length for each of " + axes + " axes");
        }
        return volume;
    }

    /**
     * Fills holes: background that cannot leave the image by shared faces and that borders on one label only becomes
     * that label. A gap between two objects stays.
     *
     * @param labels mask, class map or instances, 0 = background; changed
     * @return the number of pixels filled
     */
    public static long fillHoles(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        return fillHoles(labels, LabelImages.create(labels.dimensionsAsLongArray()));
    }

    /**
     * As {@link #fillHoles(RandomAccessibleInterval)}, with an image of the caller's to work in, on disk for instance.
     *
     * @param labels mask, class map or instances, 0 = background; changed
     * @param aside of the same size; written over
     * @return the number of pixels filled
     */
    public static long fillHoles(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, RandomAccessibleInterval<IntType> aside) {
        RandomAccessibleInterval<? extends IntegerType<?>> image = Views.zeroMin(labels);
        RandomAccessibleInterval<UnsignedByteType> background = Converters.convert(
                image, (label, out) -> out.set(label.getIntegerLong() == 0 ? 1 : 0), new UnsignedByteType());
        ConnectedComponents.Components holes = ConnectedComponents.of(background, Connectivity.FACES, aside);
        long[] owner = owners(image, holes);
        long filled = 0;
        for (int hole = 1; hole < owner.length; hole++) {
            filled += owner[hole] > 0 ? holes.sizes()[hole] : 0;
        }
        LoopBuilder.setImages(holes.labels(), image).forEachPixel((hole, label) -> {
            if (owner[hole.get()] > 0) {
                label.setInteger(owner[hole.get()]);
            }
        });
        return filled;
    }

    /** The one label around each hole, or {@link #KEEP}, or 0 where all is background. */
    private static long[] owners(
            RandomAccessibleInterval<? extends IntegerType<?>> image, ConnectedComponents.Components holes) {
        long[] owner = new long[holes.count() + 1];
        RandomAccess<? extends IntegerType<?>> label = image.randomAccess();
        Cursor<IntType> cursor =
                IterableRandomAccessibleInterval.create(holes.labels()).localizingCursor();
        while (cursor.hasNext()) {
            int hole = cursor.next().get();
            if (hole != 0 && owner[hole] != KEEP) {
                label.setPosition(cursor);
                for (int d = 0; d < image.numDimensions() && owner[hole] != KEEP; d++) {
                    owner[hole] = ownerAlong(d, label, image.dimension(d), owner[hole]);
                }
            }
        }
        owner[0] = KEEP;
        return owner;
    }

    private static long ownerAlong(int axis, RandomAccess<? extends IntegerType<?>> label, long size, long owner) {
        long x = label.getLongPosition(axis);
        if (x == 0 || x == size - 1) {
            return KEEP;
        }
        label.bck(axis);
        long before = label.get().getIntegerLong();
        label.move(2, axis);
        long after = label.get().getIntegerLong();
        label.bck(axis);
        return agree(agree(owner, before), after);
    }

    private static long agree(long owner, long neighbour) {
        if (neighbour == 0 || owner == KEEP) {
            return owner;
        }
        return owner == 0 || owner == neighbour ? neighbour : KEEP;
    }
}
