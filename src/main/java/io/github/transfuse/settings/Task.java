package io.github.transfuse.settings;

import io.github.transfuse.model.Spelling;
import java.util.List;

/** What settings are for. The tasks share keys, but not their defaults. */
public enum Task {
    /** Segmenting images. */
    SEGMENT("segmenting"),
    /** Training a model. */
    TRAIN("training"),
    /** Measuring how well a model segments. */
    EVALUATE("evaluating"),
    /** Segmenting whole slides. */
    SLIDE("slides"),
    /** Writing drawings on slides as images and masks to learn from. */
    EXPORT("exporting"),
    /** Measuring a label image. */
    MEASURE("measuring"),
    /** Making selections of labels. */
    OUTLINE("outlining"),
    /** Drawing labels from selections. */
    DRAW("drawing");

    private final String activity;

    Task(String activity) {
        this.activity = activity;
    }

    String activity() {
        return activity;
    }

    /** The settings of this task, in the order in which dialogs, help and macros show them. */
    public List<SettingSpec> specs() {
        return switch (this) {
            case SEGMENT -> SegmentingTable.SPECS;
            case TRAIN -> TrainingTable.SPECS;
            case EVALUATE -> EvaluatingTable.SPECS;
            case SLIDE -> SlideTable.SPECS;
            case EXPORT -> SlideTable.EXPORT;
            case MEASURE -> LabelsTable.MEASURE;
            case OUTLINE -> LabelsTable.OUTLINE;
            case DRAW -> LabelsTable.DRAW;
        };
    }

    /**
     * The setting with this key.
     *
     * @throws SettingException naming the one that is probably meant, or all known keys
     */
    public SettingSpec spec(SettingKey<?> key) {
        return spec(key.name());
    }

    /**
     * The setting with this key; hyphens and upper case are understood ({@code tile-size}).
     *
     * @throws SettingException naming the one that is probably meant, or all known keys
     */
    public SettingSpec spec(String key) {
        String wanted = SettingSpec.normalKey(key);
        return specs().stream()
                .filter(spec -> spec.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(key, wanted));
    }

    private SettingException unknown(String key, String wanted) {
        List<String> known = specs().stream().map(SettingSpec::name).toList();
        return new SettingException("Unknown setting '" + key + "'. "
                + Spelling.likely(wanted, known)
                        .map(name -> "Did you mean '" + name + "'?")
                        .orElse("Known are " + String.join(", ", known) + "."));
    }
}
