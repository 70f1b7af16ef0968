package io.github.transfuse.slide;

import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training begins with, and what follows from it for the regions that are learned.
 *
 * @param asked settings for training
 * @param export settings for exporting
 */
public record TrainingStart(Settings asked, Settings export) {
    /** What the settings start a new model from, unless told otherwise. */
    public static final String NEW = Settings.training().written(Keys.START_FROM);

    /** A new model from nothing. */
    public static final String RANDOM = "random";

    /** A new model from the ImageNet weights in the plugin. */
    public static final String IMAGENET = "imagenet";

    /** Microns per pixel, unless told otherwise: enough for nuclei. */
    public static final double DEFAULT_PIXEL = 0.5;

    private static final String MICRON = "micron";

    /** Whether no model of ours was named. */
    boolean isNew() {
        return asked.get(Keys.START_FROM).filter(start -> !isWord(start)).isEmpty();
    }

    /** Whether a text stands in place of the name of a model. */
    static boolean isWord(String text) {
        return Stream.of(NEW, RANDOM, IMAGENET, GeneralStart.NAME).anyMatch(text::equalsIgnoreCase);
    }

    /** Whether the start sees images at a size of its own. */
    boolean hasScale() {
        return micronsPerPixel().isPresent();
    }

    /** Microns per pixel at which regions are written: as asked, or as the start sees images, or enough for nuclei. */
    public double pixelSize() {
        return export.get(Keys.PIXEL_SIZE).or(this::micronsPerPixel).orElse(DEFAULT_PIXEL);
    }

    private Optional<Double> micronsPerPixel() {
        return model().map(spec -> spec.input().sampling())
                .filter(sampling -> MICRON.equals(sampling.unit()))
                .flatMap(InputSpec.Sampling::pixelSize)
                .map(size -> size.get(0));
    }

    /**
     * What is learned of drawings: as asked, or what the start knows, or as fits them.
     *
     * @param counts of the drawings
     */
    public Learned learned(TrainingCounts counts) {
        return Learned.of(export.get(Keys.LEARN))
                .orElseGet(() -> model().map(start -> ofStart(start, counts)).orElseGet(counts::fitting));
    }

    /** Objects of a start are of one class. */
    private static Learned ofStart(ModelSpec start, TrainingCounts counts) {
        boolean objects = start.output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES;
        return objects && counts.classes().size() == 1 ? Learned.OBJECTS : Learned.AREAS;
    }

    /** The model that is started from, if one of ours was named. */
    private Optional<ModelSpec> model() {
        if (isNew()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ModelCatalogue.find(asked.written(Keys.START_FROM)).spec());
        } catch (IOException e) {
            // the training says what is wrong with it
            return Optional.empty();
        }
    }
}
