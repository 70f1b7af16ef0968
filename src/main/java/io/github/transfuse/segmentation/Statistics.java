package io.github.transfuse.segmentation;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.inference.Inference;

/**
 * How a segmentation was computed.
 *
 * @param tiles number of network inputs, flips not counted
 * @param seconds wall time, reading of files not included
 * @param waitingSeconds part of it in which the network waited for pixels
 * @param device where the network computed
 * @param precision in which number format
 * @param batchSize inputs that were computed at once
 */
public record Statistics(
        long tiles, double seconds, double waitingSeconds, Device device, Precision precision, int batchSize) {

    /**
     * Of an inference that is done.
     *
     * @param counts what it counted
     * @param largest batch that fitted into memory
     * @param seconds that all took
     * @param used how the network was open at the end
     */
    public static Statistics of(Inference.Counts counts, int largest, double seconds, NetworkInfo used) {
        return new Statistics(
                counts.tiles(),
                seconds,
                counts.waitedSeconds(),
                used.device(),
                used.precision(),
                Math.min(counts.batchSize(), largest));
    }
}
