package io.github.transfuse.segmentation;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.inference.AreaOfInterest;
import java.util.Optional;

/**
 * What is settled before an image is looked at.
 *
 * @param normalization numbers to use; empty: fitted to the image
 * @param area of the image that is computed
 * @param readers threads that read pixels
 */
public record Beforehand(Optional<FittedNormalization> normalization, AreaOfInterest area, int readers) {
    /** Everything from the image, and half of the processor's cores read. */
    public static final Beforehand NOTHING = new Beforehand(
            Optional.empty(),
            AreaOfInterest.ALL,
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    public Beforehand with(FittedNormalization numbers) {
        return new Beforehand(Optional.of(numbers), area, readers);
    }

    public Beforehand with(AreaOfInterest changed) {
        return new Beforehand(normalization, changed, readers);
    }

    public Beforehand with(int threads) {
        return new Beforehand(normalization, area, threads);
    }
}
