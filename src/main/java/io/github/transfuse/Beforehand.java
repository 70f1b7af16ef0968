package io.github.transfuse;

import io.github.transfuse.image.FittedNormalization;
import java.util.Optional;

/**
 * What is settled before an image is looked at.
 *
 * @param normalization numbers to use; empty: fitted to the image
 * @param area of the image that is computed
 * @param readers threads that read pixels
 */
record Beforehand(Optional<FittedNormalization> normalization, AreaOfInterest area, int readers) {
    /** Everything from the image, and half of the processor's cores read. */
    static final Beforehand NOTHING = new Beforehand(
            Optional.empty(),
            AreaOfInterest.ALL,
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    Beforehand with(FittedNormalization numbers) {
        return new Beforehand(Optional.of(numbers), area, readers);
    }

    Beforehand with(AreaOfInterest changed) {
        return new Beforehand(normalization, changed, readers);
    }

    Beforehand with(int threads) {
        return new Beforehand(normalization, area, threads);
    }
}
