package io.github.transfuse.training;

import io.github.transfuse.image.Axis;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.Variant;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses what a network for planes sees, from the training images.
 *
 * @param settings for training
 * @param survey of the images
 * @param base input of the model that is fine-tuned, if there is one
 */
record PlanePlanner(Settings settings, DataSurvey survey, Optional<InputSpec> base) {
    /** Pixels: what is thinner is lost when images are seen whole. */
    static final double THIN = 6;

    /** The same for {@linkplain DataSurvey#isLarge large} images, which lose more than outlines. */
    private static final double WIDE = 24;

    /** Pixels: what is thinner needs images of twice their size, because a network's outputs are a quarter of its input. */
    private static final double FINE = 3;

    private static final int TILE = 256;

    private static final double DEFAULT_OVERLAP = 0.5;

    /** Above this, a size in microns comes from the resolution of a scanner or a camera, not of a microscope. */
    private static final double MAX_PIXEL = 50;

    /** Pixels of the input of images that are seen whole. */
    private static final double AREA = 224 * 224;

    private static final Normalization PERCENTILES =
            new Normalization(Normalization.Kind.PERCENTILE, List.of(), List.of(), 1, 99.8);

    /**
     * What the network sees.
     *
     * @param channels of the network
     */
    InputSpec input(int channels) {
        InputSpec.Rule rule = triplanar()
                ? planesOfVolumes()
                : settings.get(Keys.INPUT_RULE)
                        .map(text -> InputSpec.Rule.valueOf(text.toUpperCase(Locale.ROOT)))
                        .or(() -> base.map(InputSpec::rule))
                        .orElseGet(this::fittingRule);
        Optional<List<Integer>> given = settings.get(rule == InputSpec.Rule.TILE ? Keys.TILE_SIZE : Keys.INPUT_SIZE)
                .map(size -> List.of(size[1], size[0]));
        return new InputSpec(
                rule,
                given.or(() -> sameRule(rule).map(InputSpec::size)).orElseGet(() -> fittingSize(rule)),
                overlap(rule),
                normalization(channels),
                sampling(rule));
    }

    private double overlap(InputSpec.Rule rule) {
        double asked = settings.get(Keys.OVERLAP).orElse(DEFAULT_OVERLAP);
        return settings.isGiven(Keys.OVERLAP)
                ? asked
                : sameRule(rule).map(InputSpec::overlap).orElse(asked);
    }

    /** Input of the model that is fine-tuned, if it sees images by this rule. */
    private Optional<InputSpec> sameRule(InputSpec.Rule rule) {
        return base.filter(input -> input.rule() == rule);
    }

    private Normalization normalization(int channels) {
        Optional<Normalization> window = CtWindow.of(settings);
        return window.isPresent() ? window.get() : ofValues(channels);
    }

    private Normalization ofValues(int channels) {
        return switch (settings.written(Keys.NORMALIZATION)) {
            case "imagenet" -> imagenet(channels);
            case "percentile" -> PERCENTILES;
            case "zscore" -> new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);
            default ->
                base.map(InputSpec::normalization)
                        .filter(known -> known.mean().isEmpty() || known.mean().size() == channels)
                        .orElseGet(() -> fittingNormalization(channels));
        };
    }

    private Normalization fittingNormalization(int channels) {
        return channels == 3 && survey.type() != MaskType.INSTANCES ? Normalization.IMAGENET : PERCENTILES;
    }

    private static Normalization imagenet(int channels) {
        if (channels != Normalization.IMAGENET.mean().size()) {
            throw new SettingException(
                    "normalization=imagenet is for 3 channels, but there are " + channels + ": choose another one.");
        }
        return Normalization.IMAGENET;
    }

    private boolean triplanar() {
        return mode() == InputSpec.Mode.TRIPLANAR;
    }

    private InputSpec.Rule planesOfVolumes() {
        if (settings.get(Keys.INPUT_RULE).filter(rule -> !rule.equals("tile")).isPresent()) {
            throw new SettingException("mode=triplanar needs input_rule=tile, not " + settings.written(Keys.INPUT_RULE)
                    + ": resized to one size, the planes along three axes would have pixels of different sizes.");
        }
        return InputSpec.Rule.TILE;
    }

    /** Voxels become cubes: as long as a pixel of the slices, or as asked. */
    private InputSpec.Sampling cubes() {
        Optional<Double> asked = settings.get(Keys.PIXEL_SIZE);
        Optional<Double> side = asked.or(() -> survey.volumes().calibrated()
                ? Optional.of(survey.volumes().spacing().get(1))
                : Optional.empty());
        String unit = survey.volumes().calibrated() ? survey.volumes().unit() : Axis.UNCALIBRATED;
        return new InputSpec.Sampling(side.map(size -> List.of(size, size)), unit, mode(), 0);
    }

    private InputSpec.Sampling sampling(InputSpec.Rule rule) {
        int context = mode() == InputSpec.Mode.CONTEXT ? context() : 0;
        Optional<InputSpec.Sampling> started = scaleOfStart(rule);
        if (started.isPresent()) {
            return new InputSpec.Sampling(
                    started.get().pixelSize(), started.get().unit(), mode(), context);
        }
        if (triplanar()) {
            return cubes();
        }
        Optional<Double> asked = settings.get(Keys.PIXEL_SIZE);
        Optional<Double> found = survey.pixelSize()
                .filter(size -> size <= MAX_PIXEL)
                .or(() -> fine() && base.isEmpty() ? Optional.of(0.5) : Optional.empty())
                .filter(size -> rule == InputSpec.Rule.TILE);
        String unit = survey.pixelSize().isPresent() ? DataSurvey.UNIT : Axis.UNCALIBRATED;
        return new InputSpec.Sampling(
                asked.or(() -> found).map(size -> List.of(size, size)),
                asked.or(() -> found).isPresent() ? unit : Axis.UNCALIBRATED,
                mode(),
                context);
    }

    /** The scale at which the start knows its objects, unless another is asked for. */
    private Optional<InputSpec.Sampling> scaleOfStart(InputSpec.Rule rule) {
        return sameRule(rule)
                .map(InputSpec::sampling)
                .filter(sampling -> sampling.mode() == mode()
                        && sampling.pixelSize().isPresent()
                        && settings.get(Keys.PIXEL_SIZE).isEmpty());
    }

    /** As asked, or as the model to start from. */
    private InputSpec.Mode mode() {
        Optional<InputSpec.Mode> asked = settings.isGiven(Keys.MODE)
                ? settings.get(Keys.MODE).map(text -> InputSpec.Mode.valueOf(text.toUpperCase(Locale.ROOT)))
                : Optional.empty();
        return asked.or(() -> base.map(input -> input.sampling().mode()).filter(mode -> mode != InputSpec.Mode.VOLUME))
                .orElse(InputSpec.Mode.SLICES);
    }

    /** Neighbours on each side. */
    private int context() {
        Optional<Integer> ofBase = base.map(input -> input.sampling().context()).filter(context -> context > 0);
        int asked = settings.get(Keys.CONTEXT_SLICES) / 2;
        return settings.isGiven(Keys.CONTEXT_SLICES) ? asked : ofBase.orElse(asked);
    }

    private InputSpec.Rule fittingRule() {
        return survey.type() != MaskType.INSTANCES && areasAreWide() ? InputSpec.Rule.RESIZE : InputSpec.Rule.TILE;
    }

    /** Whether what is to be found keeps its shape when the image is brought to the size of a network's input. */
    private boolean areasAreWide() {
        return survey.thinnerAt(AREA) >= (survey.isLarge() ? WIDE : THIN);
    }

    /** Why images are seen whole or tile by tile, in words; empty if that is asked for, or as the start sees them. */
    Optional<String> reason() {
        if (triplanar() || settings.has(Keys.INPUT_RULE) || base.isPresent()) {
            return Optional.empty();
        }
        double thinner = survey.looks().thinner();
        if (survey.type() == MaskType.INSTANCES) {
            return fine()
                    ? Optional.of(String.format(
                            Locale.ROOT,
                            "Objects are about %.1f pixels wide: images are seen tile by tile at twice their size.",
                            thinner))
                    : Optional.empty();
        }
        if (Double.isInfinite(thinner)) {
            return Optional.empty();
        }
        String how = areasAreWide() ? "whole" : "tile by tile at " + (fine() ? "twice their size" : "their full size");
        return Optional.of(String.format(
                Locale.ROOT,
                "%s is about %.1f pixels wide, and would be %.1f in images seen whole: images are seen %s.",
                thinnest(),
                thinner,
                survey.thinnerAt(AREA),
                how));
    }

    private String thinnest() {
        if (survey.classes() == 1) {
            return "What is to be found, or the gaps in it,";
        }
        int thinnest = survey.looks().thinnest().ofClass();
        return thinnest == 0
                ? "The background between the classes"
                : "Class " + thinnest + ", the thinnest of those that a fifth of the images have,";
    }

    /** Whether the network's grid of outputs cannot hold what is to be found at the images' own size. */
    private boolean fine() {
        return survey.looks().thinner() < FINE && survey.pixelSize().isEmpty() && !settings.has(Keys.INPUT_RULE);
    }

    /** Height and width: that of a tile, or the aspect ratio of the images at an area that trains fast. */
    private List<Integer> fittingSize(InputSpec.Rule rule) {
        if (rule == InputSpec.Rule.TILE) {
            int side = triplanar() ? Math.min(TILE, longestSide()) : TILE;
            return List.of(side, side);
        }
        double aspect = (double) survey.width() / survey.height();
        return List.of(patches(Math.sqrt(AREA / aspect)), patches(Math.sqrt(AREA * aspect)));
    }

    /** Of the median volume in cubes, in whole patches. */
    private int longestSide() {
        double cube = cubes().pixelSize().map(size -> size.get(0)).orElse(1.0);
        double longest = IntStream.range(0, 3)
                .mapToDouble(d -> survey.volumes().size().get(d)
                        * (cubes().pixelSize().isPresent()
                                ? survey.volumes().spacing().get(d) / cube
                                : 1))
                .max()
                .orElseThrow();
        return Variant.patch() * (int) Math.max(2, Math.ceil(longest / Variant.patch()));
    }

    private static int patches(double length) {
        return Variant.patch() * (int) Math.max(2, Math.round(length / Variant.patch()));
    }
}
