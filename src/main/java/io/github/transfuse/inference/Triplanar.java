package io.github.transfuse.inference;

import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.progress.PartProgress;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Predicts volumes with a network for planes: all planes across z, across y and across x, each brought to the model's
 * pixel size along both of its axes. A voxel gets the mean of the three probabilities. Planes of one orientation go
 * through the network together, as many at a time as a batch holds.
 *
 * @param inference of planes
 */
public record Triplanar(Inference inference) {
    private static final int ORIENTATIONS = 3;

    /**
     * The probabilities of a volume.
     *
     * @param volume x, y, z and the channel
     * @param sum all 0; receives the probabilities, x, y, z and the class
     */
    public void mean(Inference.Plane volume, RandomAccessibleInterval<FloatType> sum, Progress progress)
            throws IOException {
        long[] size = volume.size();
        long planes = IntStream.range(0, ORIENTATIONS).mapToLong(d -> size[d]).sum();
        long done = 0;
        for (int across = ORIENTATIONS - 1; across >= 0; across--) {
            inference.run(
                    pile(volume, across),
                    new Mean(lastOfSpace(sum, across)),
                    new PartProgress(progress, done, size[across], planes));
            done += size[across];
        }
    }

    private static Inference.Plane pile(Inference.Plane volume, int across) {
        Optional<double[]> pixelSize = volume.pixelSize().map(size -> IntStream.range(0, ORIENTATIONS)
                .filter(d -> d != across)
                .mapToDouble(d -> size[d])
                .toArray());
        return new Inference.Plane(lastOfSpace(volume.pixels(), across), volume.normalization(), pixelSize);
    }

    /** The axes of the planes, then the one across them, then the channel or class. */
    private static <T> RandomAccessibleInterval<T> lastOfSpace(RandomAccessibleInterval<T> image, int across) {
        return Views.moveAxis(image, across, ORIENTATIONS - 1);
    }

    /** Adds a third of the probabilities of planes. */
    private static final class Mean implements RowSink {
        private final RandomAccess<FloatType> sum;

        Mean(RandomAccessibleInterval<FloatType> sum) {
            this.sum = sum.randomAccess();
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
                    FloatType voxel = sum.get();
                    voxel.set(voxel.get() + p / ORIENTATIONS);
                    sum.fwd(0);
                }
            }
        }
    }
}
