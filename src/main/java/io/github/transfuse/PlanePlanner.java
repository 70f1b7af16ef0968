package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.Variant;
import io.github.transfuse.samples.MaskType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses what a network for planes sees, from the training images.
 *
 * @param settings for training
 * @param survey of the images
 * @param base input of the model that is fine-tuned, if there is one
 */
record PlanePlanner(Settings settings, DataSurvey survey, Optional<InputSpec> base) {
    /** Longest side of images that are seen whole: beyond, details would be lost. */
    private static final int LARGEST_WHOLE = 1024;

    private static final int TILE = 256;

    /** Above this, a size in microns comes from the resolution of a scanner or a camera, not of a microscope. */
    private static final double LARGEST_PIXEL = 50;

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
        InputSpec.Rule rule = settings.text("input_rule")
                .map(text -> InputSpec.Rule.valueOf(text.toUpperCase(Locale.ROOT)))
                .or(() -> base.map(InputSpec::rule))
                .orElseGet(this::fittingRule);
        Optional<List<Integer>> given = settings.size(rule == InputSpec.Rule.TILE ? "tile_size" : "input_size")
                .map(size -> List.of(size[1], size[0]));
        return new InputSpec(
                rule,
                given.or(() -> base.filter(input -> input.rule() == rule).map(InputSpec::size))
                        .orElseGet(() -> fittingSize(rule)),
                settings.number("overlap").orElse(0.5),
                normalization(channels),
                sampling(rule));
    }

    private Normalization normalization(int channels) {
        return switch (settings.get("normalization")) {
            case "imagenet" -> imagenet(channels);
            case "percentile" -> PERCENTILES;
            case "zscore" -> new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);
            default -> channels == 3 && survey.type() != MaskType.INSTANCES ? Normalization.IMAGENET : PERCENTILES;
        };
    }

    private static Normalization imagenet(int channels) {
        if (channels != Normalization.IMAGENET.mean().size()) {
            throw new SettingException(
                    "normalization=imagenet is for 3 channels, but there are " + channels + ": choose another one.");
        }
        return Normalization.IMAGENET;
    }

    private InputSpec.Sampling sampling(InputSpec.Rule rule) {
        Optional<Double> asked = settings.text("pixel_size").map(Double::valueOf);
        Optional<Double> found =
                survey.pixelSize().filter(size -> rule == InputSpec.Rule.TILE && size <= LARGEST_PIXEL);
        String unit = survey.pixelSize().isPresent() ? DataSurvey.UNIT : Axis.UNCALIBRATED;
        return new InputSpec.Sampling(
                asked.or(() -> found).map(size -> List.of(size, size)),
                asked.or(() -> found).isPresent() ? unit : Axis.UNCALIBRATED,
                mode(),
                mode() == InputSpec.Mode.CONTEXT ? context() : 0);
    }

    /** As asked, or as the model to start from. */
    private InputSpec.Mode mode() {
        Optional<InputSpec.Mode> asked = settings.isGiven("mode")
                ? settings.text("mode").map(text -> InputSpec.Mode.valueOf(text.toUpperCase(Locale.ROOT)))
                : Optional.empty();
        return asked.or(() -> base.map(input -> input.sampling().mode()).filter(mode -> mode != InputSpec.Mode.VOLUME))
                .orElse(InputSpec.Mode.SLICES);
    }

    /** Neighbours on each side. */
    private int context() {
        Optional<Integer> ofBase = base.map(input -> input.sampling().context()).filter(context -> context > 0);
        int asked = Integer.parseInt(settings.get("context_slices")) / 2;
        return settings.isGiven("context_slices") ? asked : ofBase.orElse(asked);
    }

    private InputSpec.Rule fittingRule() {
        boolean whole =
                survey.type() != MaskType.INSTANCES && Math.max(survey.width(), survey.height()) <= LARGEST_WHOLE;
        return whole ? InputSpec.Rule.RESIZE : InputSpec.Rule.TILE;
    }

    /** Height and width: that of a tile, or the aspect ratio of the images at an area that trains fast. */
    private List<Integer> fittingSize(InputSpec.Rule rule) {
        if (rule == InputSpec.Rule.TILE) {
            return List.of(TILE, TILE);
        }
        double aspect = (double) survey.width() / survey.height();
        return List.of(patches(Math.sqrt(AREA / aspect)), patches(Math.sqrt(AREA * aspect)));
    }

    private static int patches(double length) {
        return Variant.patch() * (int) Math.max(2, Math.round(length / Variant.patch()));
    }
}
