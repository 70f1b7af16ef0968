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
 * @param known what networks found elsewhere; empty: they are asked
 */
public record InferenceContext(
        Optional<FittedNormalization> normalization,
        AreaOfInterest area,
        Optional<TileWindow> window,
        Optional<SelectedArea> selected,
        int readers,
        Optional<KnownPlanes> known) {
    /** Everything from the image, and half of the processor's cores read. */
    public static final InferenceContext NOTHING = new InferenceContext(
            Optional.empty(),
            AreaOfInterest.ALL,
            Optional.empty(),
            Optional.empty(),
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Optional.empty());

    public InferenceContext with(FittedNormalization numbers) {
        return new InferenceContext(Optional.of(numbers), area, window, selected, readers, known);
    }

    public InferenceContext with(TileWindow part, AreaOfInterest changed) {
        return new InferenceContext(normalization, changed, Optional.of(part), selected, readers, known);
    }

    public InferenceContext with(int threads) {
        return new InferenceContext(normalization, area, window, selected, threads, known);
    }

    public InferenceContext with(SelectedArea changed) {
        return new InferenceContext(normalization, area, window, Optional.of(changed), readers, known);
    }

    public InferenceContext with(KnownPlanes found) {
        return new InferenceContext(normalization, area, window, selected, readers, Optional.of(found));
    }

    /** Computes only what a limited result needs. */
    public InferenceContext within(Surroundings needed) {
        return new InferenceContext(normalization, area.and(needed.area()), window, selected, readers, known);
    }
}
