package io.github.transfuse.segmentation;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.FreeMemory;

/**
 * How many inputs to compute at once: as many as fit into a part of the memory that is free, and no more than pays.
 *
 * @param freeBytes memory that is free
 */
public record BatchPlanner(long freeBytes) {
    /** Beyond these, larger batches bring no speed. */
    private static final int MAX_ON_CPU = 8;

    private static final int MAX_ON_GPU = 16;

    /** Part of the free memory that a batch may take: the rest is for tiles that wait, the result, and others. */
    private static final double SHARE = 0.4;

    /** Bytes of activations per input pixel at the widest point, float32: feature maps of the network's stem and heads. */
    private static final long BYTES_PER_PIXEL = 2_000;

    /** With the memory that this process may take now. */
    public static BatchPlanner now() {
        return new BatchPlanner(FreeMemory.now().bytes());
    }

    /**
     * The batch size for inputs of this many pixels.
     *
     * @param inputs number of inputs in all
     * @return 1 or more
     */
    int batchSize(long pixels, long inputs, Device device) {
        boolean cpu = device.kind() == Device.Kind.CPU || device.kind() == Device.Kind.AUTO;
        // a GPU's memory is not known here; the ladder finds it
        double fitting = cpu ? SHARE * freeBytes / ((double) BYTES_PER_PIXEL * pixels) : MAX_ON_GPU;
        double most = Math.min(inputs, cpu ? MAX_ON_CPU : MAX_ON_GPU);
        return (int) Math.max(1, Math.min(fitting, most));
    }
}
