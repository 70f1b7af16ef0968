package io.github.transfuse.labels;

import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;

/**
 * Numbers the connected components of an image of any dimension.
 *
 * <p>Two pixels belong together if they touch and have the same value; 0 is background. A component of class 2 that
 * touches one of class 1 is thus a separate object. Two passes over rows, union-find in between.
 */
public final class ConnectedComponents {
    private ConnectedComponents() {}

    /**
     * Labelled components.
     *
     * @param labels 0 = background, 1 to count in raster order of each component's first pixel; starts at 0
     * @param sizes pixels of each component, by label; {@code sizes[0]} is 0
     */
    public record Components(RandomAccessibleInterval<IntType> labels, long[] sizes) {
        /**
         * The number of components.
         *
         * @return 0 or more
         */
        public int count() {
            return sizes.length - 1;
        }
    }

    /**
     * Labels the components of a mask or class map.
     *
     * @param image 0 = background
     * @param connectivity which pixels touch
     * @return labels in a new image in memory
     */
    public static Components of(RandomAccessibleInterval<? extends IntegerType<?>> image, Connectivity connectivity) {
        return of(image, connectivity, LabelImages.create(image.dimensionsAsLongArray()));
    }

    /**
     * Labels the components into an image of the caller's choice, on disk for instance.
     *
     * @param image 0 = background
     * @param connectivity which pixels touch
     * @param labels receives the labels; same size; every pixel is written
     * @return the components, with {@code labels} moved to 0
     * @throws IllegalArgumentException if the sizes differ
     */
    public static Components of(
            RandomAccessibleInterval<? extends IntegerType<?>> image,
            Connectivity connectivity,
            RandomAccessibleInterval<IntType> labels) {
        long[] size = image.dimensionsAsLongArray();
        if (!Arrays.equals(size, labels.dimensionsAsLongArray())) {
            throw new IllegalArgumentException("image and labels must have the same size");
        }
        RandomAccessibleInterval<IntType> target = Views.zeroMin(labels);
        RunScan scan = new RunScan(size, connectivity, target.randomAccess());
        RandomAccess<? extends IntegerType<?>> source = Views.zeroMin(image).randomAccess();
        long[] values = new long[Math.toIntExact(size[0])];
        Rows.forEach(size, position -> {
            Rows.read(source, position, values);
            scan.scan(position, values);
        });
        int[] numbers = scan.sets().numbers();
        LoopBuilder.setImages(target).forEachPixel(label -> label.set(numbers[label.get()]));
        return new Components(target, scan.sets().sizes(numbers));
    }
}
