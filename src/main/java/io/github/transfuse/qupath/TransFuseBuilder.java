package io.github.transfuse.qupath;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final SlideOptions options;

    private TransFuseBuilder(SlideOptions options) {
        this.options = options;
    }

    /** Begins with the settings of a dialog. */
    static TransFuseBuilder of(Settings settings) {
        return new TransFuseBuilder(new SlideOptions(settings, Optional.empty()));
    }

    /**
     * Begins a description.
     *
     * @param model name of a bundled or installed model, or the path of a model folder
     */
    public static TransFuseBuilder builder(String model) {
        return of(Settings.slides().with(Keys.MODEL.name(), model));
    }

    /** Where to compute: {@code auto}, {@code cpu}, {@code cuda:0}, {@code mps}. */
    public TransFuseBuilder device(String device) {
        return set(Keys.DEVICE, device);
    }

    /** Number format: {@code auto}, {@code float32}, {@code bf16}, {@code int8}, {@code fp16}. */
    public TransFuseBuilder precision(String precision) {
        return set(Keys.PRECISION, precision);
    }

    /** Foreground is where the probability is above this, in (0, 1); for models with one class. */
    public TransFuseBuilder threshold(double threshold) {
        return set(Keys.THRESHOLD, threshold);
    }

    /**
     * What the model sees of the image, in its order: names of channels ({@code "DAPI"}), their numbers ({@code 1} is the
     * first), or stains of a brightfield image ({@code "Hematoxylin"}); several of them, or a list. One is enough for a model
     * of colours.
     */
    public TransFuseBuilder channels(Object... channels) {
        List<String> names = channels == null
                ? List.of()
                : Arrays.stream(channels)
                        .flatMap(each -> each instanceof Collection<?> list
                                ? list.stream()
                                : Stream.of(Optional.ofNullable(each).orElse("")))
                        .map(String::valueOf)
                        .toList();
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "channels needs the name or the number of a channel, such as channels(\"DAPI\"). Leave it out for the"
                            + " channels as they come.");
        }
        return set(Keys.SLIDE_CHANNELS, String.join(",", names));
    }

    /** Slices along z, such as {@code "4-6"} or {@code "9-"}, where the whole image is segmented. */
    public TransFuseBuilder slices(String slices) {
        return set(Keys.SLICES, slices);
    }

    /** Time points, such as {@code "1,5"}, where the whole image is segmented. */
    public TransFuseBuilder frames(String frames) {
        return set(Keys.FRAMES, frames);
    }

    /** Makes cells of nuclei, expanded by so many microns (pixels if not calibrated), but not into each other. */
    public TransFuseBuilder cellExpansion(double distance) {
        return set(Keys.CELL_EXPANSION, distance);
    }

    /** Adds QuPath's shape features to each object. */
    public TransFuseBuilder shapeFeatures(boolean add) {
        return set(Keys.SHAPE_FEATURES, add);
    }

    /** Adds QuPath's intensity features of each channel, or of each stain of a brightfield image, to each object. */
    public TransFuseBuilder intensityFeatures(boolean add) {
        return set(Keys.INTENSITY_FEATURES, add);
    }

    /** Part of a tile that is shared with its neighbour, in [0, 1). */
    public TransFuseBuilder overlap(double overlap) {
        return set(Keys.OVERLAP, overlap);
    }

    /** Side of a tile in pixels at the model's pixel size, a multiple of 16. */
    public TransFuseBuilder tileSize(int pixels) {
        return set(Keys.TILE_SIZE, pixels);
    }

    /** Tiles that are computed at once. */
    public TransFuseBuilder batchSize(int tiles) {
        return set(Keys.BATCH_SIZE, tiles);
    }

    /** Any other setting, by its key. */
    public TransFuseBuilder with(String key, Object value) {
        return new TransFuseBuilder(
                new SlideOptions(settings().with(String.valueOf(key), value), options.normalization()));
    }

    /**
     * Regions of the slide that are read at once, at least 1. Results do not depend on it.
     */
    public TransFuseBuilder nThreads(int threads) {
        return set(Keys.N_THREADS, threads);
    }

    /** Reads the slide at this many microns per pixel instead of the model's pixel size. */
    public TransFuseBuilder pixelSize(double microns) {
        return scale(Keys.PIXEL_SIZE, microns, Keys.DOWNSAMPLE);
    }

    /** Reads the slide at this scale, in pixels of the slide per pixel, whatever its calibration. */
    public TransFuseBuilder downsample(double downsample) {
        return scale(Keys.DOWNSAMPLE, downsample, Keys.PIXEL_SIZE);
    }

    /** A call is told by its own name. */
    private TransFuseBuilder set(SettingKey<?> key, Object value) {
        try {
            return with(key.name(), value);
        } catch (SettingException e) {
            String call = e.getMessage().replace(key.name(), SegmentRequest.camelCase(key.name()));
            throw new IllegalArgumentException(call, e);
        }
    }

    /** There is one scale: what is said last counts. */
    private TransFuseBuilder scale(OptionalKey<Double> key, double value, OptionalKey<Double> other) {
        Settings open = settings().has(other) ? settings().with(other.name(), "auto") : settings();
        return new TransFuseBuilder(new SlideOptions(open, options.normalization())).set(key, value);
    }

    /**
     * Makes annotations: one for each class, or one for each instance of a model that tells instances apart. Without this
     * call and the next, classes become annotations and instances detections.
     */
    public TransFuseBuilder createAnnotations() {
        return set(Keys.CREATE, "annotations");
    }

    /** Makes detections, one for each instance, or for each connected piece of a class. */
    public TransFuseBuilder createDetections() {
        return set(Keys.CREATE, "detections");
    }

    /**
     * Cuts objects at the outline of the annotation. Without this call and the next, objects whose centre lies in the
     * annotation are kept whole.
     */
    public TransFuseBuilder constrainToParent() {
        return set(Keys.BORDERS, "constrain_to_parent");
    }

    /** Leaves out objects that touch the outline of the annotation, or the end of the image. */
    public TransFuseBuilder excludeEdges() {
        return set(Keys.BORDERS, "exclude_edges");
    }

    /** Leaves out objects that are smaller, in square microns (in pixels of the slide if it is not calibrated). */
    public TransFuseBuilder minArea(double area) {
        return set(Keys.MIN_AREA, area);
    }

    /** Leaves out the glass around the tissue. */
    public TransFuseBuilder tissueOnly(boolean only) {
        return set(Keys.TISSUE_ONLY, only);
    }

    /** Adds the mean probability and the area to each object. */
    public TransFuseBuilder measurements(boolean add) {
        return set(Keys.MEASUREMENTS, add);
    }

    /** Goes on where a region cannot be read, as if it were empty; otherwise such a region ends the run. */
    public TransFuseBuilder skipUnreadable(boolean skip) {
        return set(Keys.SKIP_UNREADABLE, skip);
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
            return new TransFuseBuilder(options.withNormalization(numbers));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("This is not a stored normalisation: " + json, e);
        }
    }

    Settings settings() {
        return options.settings();
    }

    /**
     * Finds the model. The network is opened with the first image.
     *
     * @throws IOException if there is no such model or it is damaged
     */
    public TransFuseSegmenter build() throws IOException {
        return new TransFuseSegmenter(TransFuse.load(options.segmenting()), options);
    }
}
