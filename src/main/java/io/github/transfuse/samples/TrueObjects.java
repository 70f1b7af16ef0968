package io.github.transfuse.samples;

import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;

/**
 * The objects of a plane, or of all slices of a stack together, as stored: what found objects are judged by.
 *
 * @param numbers x, y and, of a stack, z; 0 is background and what is left out
 * @param pixel size of a pixel or voxel, in the unit in which the size of the smallest object counts
 */
public record TrueObjects(RandomAccessibleInterval<IntType> numbers, double pixel) {

    /** Joins the planes of a mask: one of a plane, all slices of a stack. */
    static TrueObjects of(List<TruthReader.Plane> planes, int axes, double pixel) {
        return new TrueObjects(TruthReader.Plane.joined(planes, axes).objects(), pixel);
    }

    /** Lengths along the axes whose product is {@link #pixel}: for sizes, not for distances. */
    public double[] calibration() {
        double[] lengths = new double[numbers.numDimensions()];
        Arrays.fill(lengths, 1);
        lengths[0] = pixel;
        return lengths;
    }

    /** How many planes share these objects. */
    public int planes() {
        return numbers.numDimensions() == 2 ? 1 : Math.toIntExact(numbers.dimension(2));
    }
}
