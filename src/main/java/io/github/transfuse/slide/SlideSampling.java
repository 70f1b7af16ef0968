package io.github.transfuse.slide;

import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Keys;
import java.util.Optional;
import java.util.OptionalDouble;

/** At which scale a slide is read for a model. */
public final class SlideSampling {
    /** Longest side at which a region is read for a model that sees whole images. */
    private static final double MAX_WHOLE = 4096;

    /** Scales that are so close to a whole number are that number: the pyramid's levels are read as they are. */
    private static final double NEARLY = 0.02;

    private SlideSampling() {}

    /**
     * Pixels of the slide per pixel.
     *
     * @throws SlideException if the model needs a pixel size and the slide has none
     */
    public static double downsample(TransFuse model, SlideInfo slide, SlideRegion region, SlideOptions options) {
        Optional<Double> downsample = options.settings().get(Keys.DOWNSAMPLE);
        if (downsample.isPresent()) {
            return downsample.get();
        }
        if (model.model().spec().input().rule() != InputSpec.Rule.TILE) {
            return Math.max(1, Math.ceil(Math.max(region.width(), region.height()) / MAX_WHOLE));
        }
        OptionalDouble wanted =
                options.settings().get(Keys.PIXEL_SIZE).map(OptionalDouble::of).orElseGet(model::pixelSizeMicrons);
        if (wanted.isEmpty()) {
            return 1;
        }
        if (slide.micronsPerPixel().isEmpty()) {
            throw new SlideException(
                    "The image " + slide.name() + " has no pixel size in microns, but is to be read at "
                            + wanted.getAsDouble() + " microns per pixel for the model "
                            + model.model().spec().identity().name()
                            + ". Set the pixel size in QuPath's Image tab, or say with downsample(...) at"
                            + " which scale to read the image.");
        }
        return nice(wanted.getAsDouble() / slide.micronsPerPixel().getAsDouble());
    }

    private static double nice(double downsample) {
        double whole = Math.rint(downsample);
        return whole >= 1 && Math.abs(downsample - whole) < NEARLY * whole ? whole : downsample;
    }
}
