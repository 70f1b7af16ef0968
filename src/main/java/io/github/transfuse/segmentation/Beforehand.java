package io.github.transfuse.segmentation;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.TileWindow;
import java.util.Optional;

/**
 * What is settled before an image is looked at.
 *
 * @param normalization numbers to use; empty: fitted to the image
 * @param area of the image that is computed
 * @param window where the tiles lie; empty: as in an image of its own
 * @param readers threads that read pixels
 */
public record Beforehand(
        Optional<FittedNormalization> normalization, AreaOfInterest area, Optional<TileWindow> window, int readers) {
    /** Everything from the image, and half of the processor's cores read. */
    public static final Beforehand NOTHING = new Beforehand(
            Optional.empty(),
            AreaOfInterest.ALL,
            Optional.empty(),
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    public Beforehand with(FittedNormalization numbers) {
        return new Beforehand(Optional.of(numbers), area, window, readers);
    }

    public Beforehand with(TileWindow part, AreaOfInterest changed) {
        return new Beforehand(normalization, changed, Optional.of(part), readers);
    }

    public Beforehand with(int threads) {
        return new Beforehand(normalization, area, window, threads);
    }
}
