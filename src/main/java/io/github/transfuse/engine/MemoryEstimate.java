package io.github.transfuse.engine;

import io.github.transfuse.network.Variant;
import java.util.Locale;

/**
 * About how much memory a training takes. Activations are counted by a rule of thumb, fitted to trainings of T: so many
 * bytes per cell of the maps that the heads see and unit of width.
 *
 * @param bytes at the peak
 */
public record MemoryEstimate(long bytes) {

    private static final long PROGRAM = 500L << 20;
    /** Measured for T at 192 x 192, batch 16, in bf16: 2.3 GB in all, with 4 x 4 pixels a cell. */
    private static final double ACTIVATION_BYTES_PER_CELL = 2700 * 16;

    private static final double FLOAT32_FACTOR = 1.6;
    /** Of the third stage of the decoder: T took 3.3 GB at 192 x 192, batch 16, TFINE 4.1 GB by the same steps. */
    private static final double FINE_FACTOR = 1.35;
    /** Weights, gradients and Adam's two moments. */
    private static final int VECTORS = 4;

    private static final double GIB = 1L << 30;

    /**
     * An estimate.
     *
     * @param precision never AUTO
     * @param examples bytes of the examples in memory
     */
    public static MemoryEstimate of(TrainingPlan plan, Precision precision, long examples) {
        Variant variant = plan.spec().network().variant();
        double width = (double) variant.cnn().channels().get(0)
                / Variant.T.cnn().channels().get(0)
                * blocks(variant)
                / blocks(Variant.T);
        double pixels = plan.spec().input().size().stream()
                .mapToDouble(Integer::doubleValue)
                .reduce(plan.schedule().batchSize(), (a, b) -> a * b);
        double fine = variant.isFine() ? FINE_FACTOR : 1;
        double factor = fine * (precision == Precision.FLOAT32 ? FLOAT32_FACTOR : 1);
        int pixelsPerCell = variant.scales().head().stream().reduce(1, (a, b) -> a * b);
        double activations = pixels / pixelsPerCell * ACTIVATION_BYTES_PER_CELL * factor * Math.max(1, width);
        return new MemoryEstimate(
                PROGRAM + (long) activations + VECTORS * Float.BYTES * variant.parameters() + examples);
    }

    private static int blocks(Variant variant) {
        return variant.cnn().blocks().stream().mapToInt(Integer::intValue).sum();
    }

    /** Such as {@code about 2.3 GiB of memory}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "about %.1f GiB of memory", bytes / GIB);
    }
}
