package io.github.transfuse.inference;

import io.github.transfuse.image.Lengths;
import io.github.transfuse.model.InputSpec;
import java.util.Optional;
import java.util.OptionalDouble;

/** The pixel size of a model, and the size that an image has at it. */
public final class PixelScale {
    /** Pixel sizes that differ by less are taken as equal: resampling would blur more than it helps. */
    private static final double SAME = 0.02;

    private PixelScale() {}

    /** The size of a pixel that a model was trained for; empty if it takes images as they are. */
    public static OptionalDouble microns(InputSpec.Sampling sampling) {
        OptionalDouble microns = Lengths.factor(sampling.unit(), "micron");
        return sampling.pixelSize().isPresent() && microns.isPresent()
                ? OptionalDouble.of(sampling.pixelSize().get().get(0) * microns.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * The size at the model's pixel size.
     *
     * @param input of the model
     * @param size in pixels
     * @param pixelSize along the first axes, in the model's unit, further axes stay as they are; empty if it is not known
     */
    public static long[] sizeFor(InputSpec input, long[] size, Optional<double[]> pixelSize) {
        Optional<double[]> wanted = input.sampling().pixelSize().map(AxisOrder::reversed);
        if (wanted.isEmpty() || pixelSize.isEmpty()) {
            return size;
        }
        long[] scaled = size.clone();
        for (int d = 0; d < pixelSize.get().length; d++) {
            // Planes across all axes of a volume have the pixel size of the model along each of theirs
            double factor = pixelSize.get()[d] / wanted.get()[Math.min(d, wanted.get().length - 1)];
            if (Math.abs(factor - 1) > SAME) {
                scaled[d] = Math.max(1, Math.round(size[d] * factor));
            }
        }
        return scaled;
    }
}
