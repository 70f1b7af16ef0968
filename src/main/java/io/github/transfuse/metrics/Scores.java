package io.github.transfuse.metrics;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/**
 * All measures of one class of one image. Dice, IoU, precision and recall are those of {@link #overlap()}.
 *
 * @param label the class
 * @param overlap shared, predicted and true pixels
 * @param surface distances in calibrated units
 */
public record Scores(int label, Overlap overlap, SurfaceDistances surface) implements Serializable {
    /**
     * Scores each class but the background.
     *
     * @param prediction classes 0 to {@code classes - 1}
     * @param truth classes, same size
     * @param classes number of classes, background included
     * @param tolerance distance up to which a pixel of a surface counts as right, 0 or more
     * @param calibration length of a pixel along each axis, more than 0
     * @return scores of the classes 1 to {@code classes - 1}
     * @throws IllegalArgumentException if the sizes differ, a value is not a class, or the calibration does not fit
     */
    public static List<Scores> perClass(
            RandomAccessibleInterval<? extends IntegerType<?>> prediction,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            int classes,
            double tolerance,
            double... calibration) {
        Confusion confusion = Confusion.of(prediction, truth, classes, -1);
        return IntStream.range(1, classes)
                .mapToObj(k -> new Scores(
                        k, confusion.overlap(k), SurfaceDistances.of(prediction, truth, k, tolerance, calibration)))
                .toList();
    }
}
