package io.github.transfuse.qupath;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.ObjectKind;
import io.github.transfuse.slide.SlideOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Describes a segmentation for scripts; what is not said is as the model says.
 *
 * <pre>{@code
 * import io.github.transfuse.qupath.TransFuseBuilder
 *
 * def transfuse = TransFuseBuilder.builder("skin-lesion").createAnnotations().build()
 * println transfuse.segment()
 * transfuse.close()
 * }</pre>
 */
public final class TransFuseBuilder {
    private final Settings settings;
    private final SlideOptions options;

    private TransFuseBuilder(Settings settings, SlideOptions options) {
        this.settings = settings;
        this.options = options;
    }

    /**
     * Begins a description.
     *
     * @param model name of a bundled or installed model, or the path of a model folder
     */
    public static TransFuseBuilder builder(String model) {
        return new TransFuseBuilder(Settings.segmenting().with(Keys.MODEL.name(), model), SlideOptions.DEFAULT);
    }

    /** Where to compute: {@code auto}, {@code cpu}, {@code cuda:0}, {@code mps}. */
    public TransFuseBuilder device(String device) {
        return with(Keys.DEVICE.name(), device);
    }

    /** Number format: {@code auto}, {@code float32}, {@code bf16}, {@code fp16}. */
    public TransFuseBuilder precision(String precision) {
        return with(Keys.PRECISION.name(), precision);
    }

    /** Foreground is where the probability is above this, in (0, 1); for models with one class. */
    public TransFuseBuilder threshold(double threshold) {
        return with(Keys.THRESHOLD.name(), threshold);
    }

    /** Channels of the image in the model's order, as in {@code "1,3"}: 1 is the first. */
    public TransFuseBuilder channels(String channels) {
        return with(Keys.CHANNELS.name(), channels);
    }

    /** Part of a tile that is shared with its neighbour, in [0, 1). */
    public TransFuseBuilder overlap(double overlap) {
        return with(Keys.OVERLAP.name(), overlap);
    }

    /** Side of a tile in pixels at the model's pixel size, a multiple of 16. */
    public TransFuseBuilder tileSize(int pixels) {
        return with(Keys.TILE_SIZE.name(), pixels);
    }

    /** Tiles that are computed at once. */
    public TransFuseBuilder batchSize(int tiles) {
        return with(Keys.BATCH_SIZE.name(), tiles);
    }

    /** Any other setting, by its key. */
    public TransFuseBuilder with(String key, Object value) {
        return new TransFuseBuilder(settings.with(key, value), options);
    }

    /**
     * Regions of the slide that are read at once, at least 1. Results do not depend on it.
     */
    public TransFuseBuilder nThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("nThreads must be at least 1, not " + threads + ".");
        }
        return new TransFuseBuilder(settings, options.withReaders(threads));
    }

    /** Reads the slide at this many microns per pixel instead of the model's pixel size. */
    public TransFuseBuilder pixelSize(double microns) {
        SlideOptions.requirePositive("pixelSize", microns);
        return options(new SlideOptions.Scale(OptionalDouble.of(microns), OptionalDouble.empty()));
    }

    /** Reads the slide at this scale, in pixels of the slide per pixel, whatever its calibration. */
    public TransFuseBuilder downsample(double downsample) {
        SlideOptions.requirePositive("downsample", downsample);
        return options(new SlideOptions.Scale(OptionalDouble.empty(), OptionalDouble.of(downsample)));
    }

    private TransFuseBuilder options(SlideOptions.Scale scale) {
        return new TransFuseBuilder(settings, options.withScale(scale));
    }

    /**
     * Makes annotations: one for each class, or one for each instance of a model that tells instances apart. Without this
     * call and the next, classes become annotations and instances detections.
     */
    public TransFuseBuilder createAnnotations() {
        return create(ObjectKind.ANNOTATIONS);
    }

    /** Makes detections, one for each instance, or for each connected piece of a class. */
    public TransFuseBuilder createDetections() {
        return create(ObjectKind.DETECTIONS);
    }

    TransFuseBuilder create(ObjectKind kind) {
        return new TransFuseBuilder(settings, options.withKind(kind));
    }

    /** Leaves out objects that are smaller, in square microns (in pixels of the slide if it is not calibrated). */
    public TransFuseBuilder minArea(double area) {
        if (!(area >= 0)) {
            throw new IllegalArgumentException("minArea must be at least 0, not " + area + ".");
        }
        return new TransFuseBuilder(settings, options.withMinArea(area));
    }

    /** Leaves out the glass around the tissue. */
    public TransFuseBuilder tissueOnly(boolean only) {
        return new TransFuseBuilder(settings, options.withTissueOnly(only));
    }

    /** Adds the mean probability and the area to each object. */
    public TransFuseBuilder measurements(boolean add) {
        return new TransFuseBuilder(settings, options.withMeasurements(add));
    }

    /** Goes on where a region cannot be read, as if it were empty; otherwise such a region ends the run. */
    public TransFuseBuilder skipUnreadable(boolean skip) {
        return new TransFuseBuilder(settings, options.withSkipUnreadable(skip));
    }

    /**
     * Normalises with the numbers of an earlier run instead of those of the slide.
     *
     * @param json as in the result of that run
     */
    public TransFuseBuilder normalization(String json) {
        if (json == null) {
            throw new IllegalArgumentException(
                    "There is no stored normalisation: null. Give its text, or leave it out.");
        }
        try {
            FittedNormalization numbers =
                    FittedNormalization.fromJson(JsonParser.parseString(json).getAsJsonObject());
            return new TransFuseBuilder(settings, options.withNormalization(Optional.of(numbers)));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("This is not a stored normalisation: " + json, e);
        }
    }

    /**
     * Finds the model. The network is opened with the first image.
     *
     * @throws IOException if there is no such model or it is damaged
     */
    public TransFuseSegmenter build() throws IOException {
        return new TransFuseSegmenter(TransFuse.load(settings), options);
    }
}
