package io.github.transfuse.slide;

import io.github.transfuse.model.OutputSpec;
import java.util.Locale;
import java.util.Optional;

/** What found objects become in QuPath. */
public enum ObjectKind {
    /** Annotations of classes, and detections of instances. */
    BY_MODEL,
    /** Annotations, one for each class or instance. */
    ANNOTATIONS,
    /** Detections, one for each instance or connected piece of a class. */
    DETECTIONS;

    /** As the setting {@code create} says. */
    static ObjectKind of(Optional<String> asked) {
        return asked.map(text -> valueOf(text.toUpperCase(Locale.ROOT))).orElse(BY_MODEL);
    }

    /** Whether a model of this kind makes detections. */
    public boolean isDetections(OutputSpec.Kind model) {
        return this == DETECTIONS || (this == BY_MODEL && model != OutputSpec.Kind.CLASSES);
    }
}
