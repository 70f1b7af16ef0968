package io.github.transfuse;

import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.tiling.Progress;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Segments volumes with a network for planes: all planes across z, across y and across x, each brought to the model's
 * pixel size along both of its axes. A voxel gets the mean of the three probabilities.
 *
 * @param inference of planes
 * @param threshold of the probability, for one class
 */
record Triplanar(Inference inference, double threshold) {
    private static final int ORIENTATIONS = 3;

    /**
     * Segments a volume.
     *
     * @param volume x, y, z and the channel
     * @param sum all 0; receives the probabilities, x, y, z and the class
     * @param classes receives the classes
     */
    void run(
            Inference.Plane volume,
            RandomAccessibleInterval<FloatType> sum,
            RandomAccessibleInterval<UnsignedByteType> classes,
            Progress progress)
            throws IOException {
        long[] size = volume.size();
        long planes = IntStream.range(0, ORIENTATIONS).mapToLong(d -> size[d]).sum();
        long done = 0;
        for (int across = ORIENTATIONS - 1; across >= 0; across--) {
            for (long at = 0; at < size[across]; at++) {
                inference.run(
                        plane(volume, across, at),
                        new Mean(Views.hyperSlice(sum, across, at)),
                        new PartProgress(progress, done++, planes));
            }
        }
        ClassMap.ofProbabilities(threshold).classify(sum, classes);
    }

    private static Inference.Plane plane(Inference.Plane volume, int across, long at) {
        Optional<double[]> pixelSize = volume.pixelSize().map(size -> IntStream.range(0, ORIENTATIONS)
                .filter(d -> d != across)
                .mapToDouble(d -> size[d])
                .toArray());
        return new Inference.Plane(Views.hyperSlice(volume.pixels(), across, at), volume.normalization(), pixelSize);
    }

    /** Adds a third of the probabilities of a plane. */
    private static final class Mean implements RowSink {
        private final RandomAccess<FloatType> sum;

        Mean(RandomAccessibleInterval<FloatType> sum) {
            this.sum = sum.randomAccess();
        }

        @Override
        public void row(long[] position, float[][] logits) {
            Probabilities.ofLogits(logits);
            for (int k = 0; k < logits.length; k++) {
                sum.setPosition(position[0], 0);
                sum.setPosition(position[1], 1);
                sum.setPosition(k, 2);
                for (float p : logits[k]) {
                    FloatType voxel = sum.get();
                    voxel.set(voxel.get() + p / ORIENTATIONS);
                    sum.fwd(0);
                }
            }
        }
    }
}
