package io.github.transfuse.segmentation;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.TileWindow;
import java.util.Optional;

/**
 * What is settled before an image is looked at.
 *
 * @param normalization numbers to use; empty: fitted to the image
 * @param area of the image that is computed
 * @param window where the tiles lie; empty: as in an image of its own
 * @param selected the only pixels whose result is wanted; empty: all
 * @param readers threads that read pixels
 */
public record Beforehand(
        Optional<FittedNormalization> normalization,
        AreaOfInterest area,
        Optional<TileWindow> window,
        Optional<SelectedArea> selected,
        int readers) {
    /** Everything from the image, and half of the processor's cores read. */
    public static final Beforehand NOTHING = new Beforehand(
            Optional.empty(),
            AreaOfInterest.ALL,
            Optional.empty(),
            Optional.empty(),
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    public Beforehand with(FittedNormalization numbers) {
        return new Beforehand(Optional.of(numbers), area, window, selected, readers);
    }

    public Beforehand with(TileWindow part, AreaOfInterest changed) {
        return new Beforehand(normalization, changed, Optional.of(part), selected, readers);
    }

    public Beforehand with(int threads) {
        return new Beforehand(normalization, area, window, selected, threads);
    }

    public Beforehand with(SelectedArea changed) {
        return new Beforehand(normalization, area, window, Optional.of(changed), readers);
    }

    /** Computes only what a limited result needs. */
    public Beforehand within(Surroundings needed) {
        return new Beforehand(normalization, area.and(needed.area()), window, selected, readers);
    }
}
