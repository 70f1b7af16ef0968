package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Parts;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.Interval;

/**
 * How logits become labels: as the model says, where the settings do not say otherwise.
 *
 * @param kind what the labels mean
 * @param threshold foreground where p is greater; for one class, and for objects that a boundary sets apart
 * @param minSize smaller objects are removed, in the unit of {@code objects}
 * @param fillHoles whether holes in objects are filled
 * @param splitDepth objects that a boundary sets apart are taken apart by their shape too, where they are so much deeper than
 *     the neck between them, in pixels; 0: not
 * @param excludeEdges whether objects at the border are removed
 * @param keepProbabilities whether the probabilities are wanted too
 * @param objects what belongs to one object
 */
public record LabelRules(
        OutputSpec.Kind kind,
        double threshold,
        double minSize,
        boolean fillHoles,
        double splitDepth,
        boolean excludeEdges,
        boolean keepProbabilities,
        ObjectRules objects) {

    public static LabelRules of(OutputSpec output, Settings settings, ObjectRules objects) {
        return new LabelRules(
                kind(output, settings),
                settings.get(Keys.THRESHOLD).orElse(output.threshold()),
                settings.get(Keys.MIN_SIZE).orElse((double) output.minSize()),
                settings.get(Keys.FILL_HOLES).orElse(output.fillHoles()),
                settings.get(Keys.SPLIT_DEPTH).orElse(output.splitDepth()),
                settings.get(Keys.EXCLUDE_EDGES),
                settings.get(Keys.PROBABILITIES),
                objects);
    }

    /** What labels mean: as the settings say, or the model. */
    static OutputSpec.Kind kind(OutputSpec output, Settings settings) {
        OutputSpec.Kind ofModel = output.kind();
        return switch (settings.get(Keys.OUTPUT_TYPE).orElse("")) {
            case "classes" -> OutputSpec.Kind.CLASSES;
            case "instances" -> ofModel == OutputSpec.Kind.CLASSES ? OutputSpec.Kind.INSTANCES : ofModel;
            default -> ofModel;
        };
    }

    /** Whether objects are found from probabilities, so that these are needed even if nobody asked for them. */
    boolean needsProbabilities() {
        return keepProbabilities || kind == OutputSpec.Kind.BOUNDARY_INSTANCES;
    }

    /** Whether a class map is not left as it is. */
    boolean changesClasses() {
        return fillHoles || excludeEdges || minSize > 0;
    }

    /** An image taken apart into what objects do not leave. */
    Parts parts(Interval image) {
        return new Parts(image.dimensionsAsLongArray(), objects.axes());
    }

    /** Length of a pixel along each axis of an object, such that their product is its size. */
    double[] calibration() {
        double[] lengths = new double[objects.axes()];
        Arrays.fill(lengths, 1);
        lengths[0] = objects.pixel();
        return lengths;
    }

    /** Whether an object of so many pixels stays. */
    boolean isLarge(long pixels) {
        // a hair of tolerance, so that 10 pixels of 0.1 are 1
        return pixels * objects.pixel() >= minSize * (1 - 1e-12);
    }

    /** What is removed, where sizes are not simply pixels. */
    Optional<String> note() {
        return minSize > 0 && !objects.unit().equals(ObjectRules.PIXELS)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "Objects smaller than %.6g %s (%.1f voxels) are removed.",
                        minSize,
                        objects.unit(),
                        minSize / objects.pixel()))
                : Optional.empty();
    }
}
