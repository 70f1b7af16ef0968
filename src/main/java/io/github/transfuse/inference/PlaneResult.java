package io.github.transfuse.inference;

import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.tiling.RowSink;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/** Takes the rows of logits of one plane or volume and stores their classes and, if wanted, their probabilities. */
public final class PlaneResult implements RowSink {
    private final ClassMap rule;
    private final RandomAccess<UnsignedByteType> classes;
    private final Optional<RandomAccess<FloatType>> probabilities;
    private byte[] row = {};

    /**
     * Writes into images of the caller.
     *
     * @param threshold of the probability, for one class
     * @param classes receives the classes
     * @param probabilities receives the probabilities, the class as last axis
     */
    public PlaneResult(
            double threshold,
            RandomAccessibleInterval<UnsignedByteType> classes,
            Optional<? extends RandomAccessibleInterval<FloatType>> probabilities) {
        this.rule = ClassMap.ofLogits(threshold);
        this.classes = classes.randomAccess();
        this.probabilities = probabilities.map(RandomAccessibleInterval::randomAccess);
    }

    @Override
    public void row(long[] position, float[][] logits) {
        if (row.length != logits[0].length) {
            row = new byte[logits[0].length];
        }
        rule.classify(logits, row);
        moveTo(classes, position);
        for (byte value : row) {
            classes.get().setInteger(value & 0xff);
            classes.fwd(0);
        }
        if (probabilities.isPresent()) {
            Probabilities.ofLogits(logits);
            store(probabilities.get(), position, logits);
        }
    }

    private static void store(RandomAccess<FloatType> target, long[] position, float[][] values) {
        for (int k = 0; k < values.length; k++) {
            target.setPosition(k, position.length);
            moveTo(target, position);
            for (float value : values[k]) {
                target.get().set(value);
                target.fwd(0);
            }
        }
    }

    private static void moveTo(RandomAccess<?> access, long[] position) {
        for (int d = 0; d < position.length; d++) {
            access.setPosition(position[d], d);
        }
    }
}
