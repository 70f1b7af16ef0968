package io.github.transfuse.segmentation;

import io.github.transfuse.engine.Device;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Channels;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Normalizer;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.image.ValuePool;
import io.github.transfuse.inference.FlipAverage;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.ValueRange;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the settings choose of how a model sees images; all else is as the model says.
 *
 * @param model whose rules hold where the settings are silent
 * @param settings for segmenting or evaluating
 */
public record ModelSettings(ModelSpec model, Settings settings) {
    private static final int COLOURS = 3;

    /** Settings of models that see images tile by tile. */
    private static final List<OptionalKey<?>> TILING = List.of(Keys.TILE_SIZE, Keys.OVERLAP, Keys.PIXEL_SIZE);

    /**
     * How tiles lie.
     *
     * @throws SettingException if the tile size has not as many numbers as the model has axes
     */
    public TileGrid grid() {
        TileGrid usual = TileGrid.of(model.input());
        int[] size = settings.get(Keys.TILE_SIZE).orElse(usual.size());
        if (size.length != usual.size().length) {
            throw new SettingException("tile_size = " + settings.written(Keys.TILE_SIZE) + " must have "
                    + usual.size().length + " numbers for this model, such as "
                    + Arrays.stream(usual.size()).mapToObj(Integer::toString).collect(Collectors.joining("x"))
                    + ".");
        }
        return new TileGrid(size, settings.get(Keys.OVERLAP).orElse(usual.overlap()));
    }

    /**
     * How images are prepared.
     *
     * @param notes told what has no effect, and later what was decided
     * @param given numbers of the normalisation; empty: fitted to each image
     * @throws SettingException if the model is not for the mode
     */
    public Preparation preparation(Consumer<String> notes, Optional<FittedNormalization> given) {
        requireMode();
        tellIdle(notes);
        List<Integer> channels = settings.get(Keys.CHANNELS).orElse(List.of());
        OptionalDouble pixelSize =
                settings.get(Keys.PIXEL_SIZE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        Optional<ValueRange> range = settings.valueRange();
        Optional<FittedNormalization> fixed = range.filter(r -> r.kind() == ValueRange.Kind.RANGE)
                .map(r -> Normalizer.range(rule(r), model.imageChannels(), r.low(), r.high()));
        if (given.isEmpty() && range.map(ValueRange::kind).equals(Optional.of(ValueRange.Kind.FOLDER))) {
            notes.accept(
                    "normalization=" + range.get() + " is for folders of files: here, this image alone is looked at.");
        }
        ModelSpec seen = range.map(r -> model.withNormalization(rule(r))).orElse(model);
        return new Preparation(seen, channels, pixelSize, given.or(() -> fixed), notes);
    }

    /** The model's rule with other numbers. */
    private Normalization rule(ValueRange range) {
        Normalization own = model.input().normalization();
        if (own.kind() != Normalization.Kind.ZSCORE) {
            return new Normalization(Normalization.Kind.PERCENTILE, own.mean(), own.std(), range.low(), range.high());
        }
        if (range.kind() == ValueRange.Kind.FOLDER) {
            return own;
        }
        throw new SettingException("normalization = " + range + " is not possible with the model "
                + model.identity().name() + ", which sees the mean of an image as 0 and its deviation as 1. Leave it at"
                + " auto, or give folder.");
    }

    /**
     * Collects the values of all images of a run, if the settings ask for one range for all of them.
     *
     * @return empty if they do not
     * @throws SettingException if the model is not for it
     */
    public Optional<ValuePool> pool() {
        return settings.valueRange()
                .filter(range -> range.kind() == ValueRange.Kind.FOLDER)
                .map(range -> new ValuePool(rule(range)));
    }

    /** What to tell of three channels that may be any, such as of fluorescence, and that nobody chose. */
    public Optional<String> aboutColours(CalibratedImage image) {
        boolean unknown = image.size(Axis.Kind.CHANNEL) == COLOURS && !image.rgb();
        return unknown && model.imageChannels() == COLOURS && !settings.isGiven(Keys.CHANNELS)
                ? Optional.of("The image does not say that its 3 channels are red, green and blue: the model "
                        + model.identity().name()
                        + " sees them in this order. If it was trained with colour pictures, choose one: channels=1.")
                : Optional.empty();
    }

    /**
     * The numbers with which an image is normalised.
     *
     * @param notes told what was decided of its values
     * @throws UnsupportedImageException if it does not fit the model
     */
    public FittedNormalization fitted(CalibratedImage image, Consumer<String> notes) throws UnsupportedImageException {
        Preparation preparation = preparation(note -> {}, Optional.empty());
        CalibratedImage matched = matched(image);
        return preparation
                .given()
                .orElseGet(() -> Normalizer.fit(preparation.model().input().normalization(), matched, notes));
    }

    /**
     * Makes sure that an image has the channels of the model; no pixel is looked at.
     *
     * @throws UnsupportedImageException if it has not
     */
    public void requireChannels(CalibratedImage image) throws UnsupportedImageException {
        Channels.match(image, model.imageChannels(), settings.get(Keys.CHANNELS).orElse(List.of()));
    }

    /**
     * An image as it is normalised: the channels of the model, along its axes.
     *
     * @throws UnsupportedImageException if it does not fit the model
     */
    public CalibratedImage matched(CalibratedImage image) throws UnsupportedImageException {
        FittedNormalization any = FittedNormalization.none(model.imageChannels());
        return preparation(note -> {}, Optional.of(any)).planes(image).image();
    }

    /**
     * How the logits of an image are computed.
     *
     * @param given with the area to compute
     * @param notes told how the network climbs down where memory is short
     * @throws IOException if the network cannot be opened
     */
    public Inference inference(NetworkHolder network, InferenceContext given, Consumer<String> notes)
            throws IOException {
        Device device = network.info().device();
        TilePredictor tiles = new LadderPredictor(network, notes);
        return new Inference(
                model,
                grid(),
                settings.get(Keys.FLIPS) ? new FlipAverage(tiles) : tiles,
                new Inference.Work(given.area(), given.window(), given.readers(), plan -> batchSize(plan, device)));
    }

    private int batchSize(TilePlan plan, Device device) {
        return settings.get(Keys.BATCH_SIZE)
                .orElseGet(() -> BatchPlanner.now().batchSize(plan.tilePixels(), plan.count(), device));
    }

    private void requireMode() {
        Optional<String> asked = settings.get(Keys.MODE);
        String mode = model.input().sampling().mode().name().toLowerCase(Locale.ROOT);
        if (!asked.orElse(mode).equals(mode)) {
            throw new SettingException("mode=" + asked.get() + " is not possible with the model "
                    + model.identity().name() + ", which was trained for mode=" + mode
                    + ". Leave mode at auto, or choose another model.");
        }
    }

    /** What is given is used, or it is said that it is not. */
    private void tellIdle(Consumer<String> notes) {
        List<String> idle =
                TILING.stream().filter(settings::has).map(OptionalKey::name).toList();
        if (model.input().rule() != InputSpec.Rule.TILE && !idle.isEmpty()) {
            notes.accept("No effect of " + String.join(", ", idle)
                    + ": this model does not work in tiles, but sees each image as a whole.");
        }
        boolean borders = LabelRules.kind(model.output(), settings) == OutputSpec.Kind.BOUNDARY_INSTANCES;
        if (settings.has(Keys.THRESHOLD) && model.network().classes() > 1 && !borders) {
            notes.accept(
                    "No effect of threshold: this model has several classes, and each pixel gets the most probable one.");
        }
        if (settings.has(Keys.SPLIT_DEPTH) && !borders) {
            notes.accept("No effect of split_depth: this model does not tell touching objects apart.");
        }
    }
}
