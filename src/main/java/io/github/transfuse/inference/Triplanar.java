package io.github.transfuse.inference;

import io.github.transfuse.progress.PartProgress;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
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
     * @param sum all 0 before the first model; receives the probabilities, x, y, z and the class
     * @param models whose mean it becomes
     */
    public void mean(Inference.Plane volume, RandomAccessibleInterval<FloatType> sum, int models, Progress progress)
            throws IOException {
        long[] size = volume.size();
        long planes = IntStream.range(0, ORIENTATIONS).mapToLong(d -> size[d]).sum();
        long done = 0;
        for (int across = ORIENTATIONS - 1; across >= 0; across--) {
            inference.run(
                    pile(volume, across),
                    new MeanResult(lastOfSpace(sum, across), ORIENTATIONS * models),
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
}
