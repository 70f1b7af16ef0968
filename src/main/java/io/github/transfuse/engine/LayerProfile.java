package io.github.transfuse.engine;

import java.util.List;

/**
 * Where the time of a prediction goes.
 *
 * @param layers the heavy operations, those of one shape together, the slowest first
 * @param ms milliseconds of a whole prediction; what {@code layers} do not add up to goes into attention, norms, resizing
 *     and copies
 * @param peakGflops billions of floating-point operations per second of a large product of square matrices in the same
 *     number format on the same threads: what the processor can do
 */
public record LayerProfile(List<Layer> layers, double ms, double peakGflops) {

    /** Copies the list. */
    public LayerProfile {
        layers = List.copyOf(layers);
    }

    /**
     * The operations of one shape.
     *
     * @param name such as {@code conv 3x3 64 to 64, 48x64}
     * @param calls per prediction
     * @param gflop billions of floating-point operations of all calls together; a product and a sum count as two
     * @param ms milliseconds of all calls together
     */
    public record Layer(String name, long calls, double gflop, double ms) {}

    /** What part of the peak a layer reaches. */
    public double shareOfPeak(Layer layer) {
        return layer.gflop() / (layer.ms() / 1000) / peakGflops;
    }

    /** Milliseconds outside the heavy operations. */
    public double restMs() {
        return Math.max(0, ms - layers.stream().mapToDouble(Layer::ms).sum());
    }
}
