package io.github.transfuse.inference;

import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.tiling.RowSink;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/** Takes rows of logits and adds the share of their probabilities that one of several answers has in the mean. */
public final class MeanResult implements RowSink {
    private final RandomAccess<FloatType> sum;
    private final int answers;

    /**
     * Adds to an image of the caller.
     *
     * @param sum all 0 before the first answer; the class as last axis
     * @param answers of which the mean is taken
     */
    public MeanResult(RandomAccessibleInterval<FloatType> sum, int answers) {
        this.sum = sum.randomAccess();
        this.answers = answers;
    }

    @Override
    public void row(long[] position, float[][] logits) {
        Probabilities.ofLogits(logits);
        for (int k = 0; k < logits.length; k++) {
            for (int d = 0; d < position.length; d++) {
                sum.setPosition(position[d], d);
            }
            sum.setPosition(k, position.length);
            for (float p : logits[k]) {
                FloatType pixel = sum.get();
                pixel.set(pixel.get() + p / answers);
                sum.fwd(0);
            }
        }
    }
}
