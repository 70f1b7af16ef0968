package io.github.transfuse.slide;

import io.github.transfuse.image.FittedNormalization;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a slide is segmented, beside the settings of the model.
 *
 * @param objects what is made of the result
 * @param scale at which scale the slide is read
 * @param reading how regions are read
 * @param normalization numbers of an earlier run; empty: from the slide
 */
public record SlideOptions(Objects objects, Scale scale, Reading reading, Optional<FittedNormalization> normalization) {
    /** Everything, as fits the model. */
    public static final SlideOptions DEFAULT = new SlideOptions(
            new Objects(ObjectKind.BY_MODEL, 0, false, true),
            new Scale(OptionalDouble.empty(), OptionalDouble.empty()),
            new Reading(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), false),
            Optional.empty());

    /**
     * What is made of the result.
     *
     * @param kind annotations or detections
     * @param minArea smaller objects are left out; square microns, pixels of the slide if it is not calibrated
     * @param tissueOnly whether the glass around the tissue is left out
     * @param measurements whether the mean probability and the area are measured
     */
    public record Objects(ObjectKind kind, double minArea, boolean tissueOnly, boolean measurements) {}

    /**
     * At which scale a slide is read; empty: at the model's pixel size.
     *
     * @param pixelSize in microns
     * @param downsample pixels of the slide per pixel, for slides without calibration
     */
    public record Scale(OptionalDouble pixelSize, OptionalDouble downsample) {}

    /**
     * How regions are read.
     *
     * @param threads that read at once, at least 1
     * @param skipUnreadable whether regions that cannot be read are left out; otherwise they end the run
     */
    record Reading(int threads, boolean skipUnreadable) {}

    public static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive, not " + value + ".");
        }
    }

    SlideOptions withObjects(Objects changed) {
        return new SlideOptions(changed, scale, reading, normalization);
    }

    public SlideOptions withKind(ObjectKind kind) {
        return withObjects(new Objects(kind, objects.minArea, objects.tissueOnly, objects.measurements));
    }

    public SlideOptions withMinArea(double area) {
        return withObjects(new Objects(objects.kind, area, objects.tissueOnly, objects.measurements));
    }

    public SlideOptions withTissueOnly(boolean only) {
        return withObjects(new Objects(objects.kind, objects.minArea, only, objects.measurements));
    }

    public SlideOptions withMeasurements(boolean measurements) {
        return withObjects(new Objects(objects.kind, objects.minArea, objects.tissueOnly, measurements));
    }

    public SlideOptions withScale(Scale changed) {
        return new SlideOptions(objects, changed, reading, normalization);
    }

    public SlideOptions withSkipUnreadable(boolean skip) {
        return new SlideOptions(objects, scale, new Reading(reading.threads, skip), normalization);
    }

    public SlideOptions withReaders(int threads) {
        return new SlideOptions(objects, scale, new Reading(threads, reading.skipUnreadable), normalization);
    }

    public SlideOptions withNormalization(Optional<FittedNormalization> numbers) {
        return new SlideOptions(objects, scale, reading, numbers);
    }
}
