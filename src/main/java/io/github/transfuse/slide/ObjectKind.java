package io.github.transfuse.slide;

import io.github.transfuse.model.OutputSpec;

/** What found objects become in QuPath. */
public enum ObjectKind {
    /** Annotations of classes, and detections of instances. */
    BY_MODEL("as fits the model"),
    /** Annotations, one for each class or instance. */
    ANNOTATIONS("annotations"),
    /** Detections, one for each instance or connected piece of a class. */
    DETECTIONS("detections");

    private final String label;

    ObjectKind(String label) {
        this.label = label;
    }

    /** Whether a model of this kind makes detections. */
    public boolean isDetections(OutputSpec.Kind model) {
        return this == DETECTIONS || (this == BY_MODEL && model != OutputSpec.Kind.CLASSES);
    }

    @Override
    public String toString() {
        return label;
    }
}
