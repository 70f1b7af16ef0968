package io.github.transfuse;

import io.github.transfuse.model.OutputSpec;

/**
 * How logits become labels: as the model says, where the settings do not say otherwise.
 *
 * @param kind what the labels mean
 * @param threshold foreground where p is greater; for one class
 * @param minSize smaller objects are removed, in pixels
 * @param fillHoles whether holes in objects are filled
 * @param keepProbabilities whether the probabilities are wanted too
 */
record LabelRules(OutputSpec.Kind kind, double threshold, long minSize, boolean fillHoles, boolean keepProbabilities) {

    static LabelRules of(OutputSpec output, Settings settings) {
        return new LabelRules(
                kind(output.kind(), settings.get("output_type")),
                settings.number("threshold").orElse(output.threshold()),
                (long) settings.number("min_size").orElse((double) output.minSize()),
                settings.text("fill_holes").map(Boolean::parseBoolean).orElse(output.fillHoles()),
                settings.flag("probabilities"));
    }

    private static OutputSpec.Kind kind(OutputSpec.Kind ofModel, String asked) {
        return switch (asked) {
            case "classes" -> OutputSpec.Kind.CLASSES;
            case "instances" -> ofModel == OutputSpec.Kind.CLASSES ? OutputSpec.Kind.INSTANCES : ofModel;
            default -> ofModel;
        };
    }

    /** Whether objects are found from probabilities, so that these are needed even if nobody asked for them. */
    boolean needsProbabilities() {
        return keepProbabilities || kind == OutputSpec.Kind.BOUNDARY_INSTANCES;
    }
}
