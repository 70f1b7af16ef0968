package io.github.transfuse.samples;

import io.github.transfuse.model.MaskValues;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the classes in masks before these are looked at: from a model, or from a list beside the masks.
 *
 * @param count of classes including the background
 * @param values that stand for them, where these are not their indices; all of them, though some may be missing in the masks
 * @param names of all but the background, from 1 on; empty if they have none
 */
public record KnownClasses(OptionalInt count, Optional<MaskValues> values, List<String> names) {
    /** Nothing is known. */
    public static final KnownClasses NONE = new KnownClasses(OptionalInt.empty(), Optional.empty());

    /** Without names. */
    public KnownClasses(OptionalInt count, Optional<MaskValues> values) {
        this(count, values, List.of());
    }

    /** Their number alone, including the background. */
    public static KnownClasses of(int count) {
        return new KnownClasses(OptionalInt.of(count), Optional.empty());
    }

    /**
     * Those of a model, and the values that they had in its training.
     *
     * @param count of classes that masks for the model can have, including the background
     */
    static KnownClasses of(int count, ModelSpec model) {
        return new KnownClasses(
                OptionalInt.of(count),
                model.history().maskValues(),
                model.output().classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .toList());
    }
}
