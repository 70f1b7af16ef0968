package io.github.transfuse.model;

import java.util.List;

/**
 * What the logits mean and how they become labels.
 *
 * @param classes the classes in order, without the background: one for sigmoid networks
 * @param kind what the label image holds by default
 * @param threshold foreground where p &gt; threshold, strictly; in (0, 1); for one class
 * @param minSize components of fewer pixels are removed by default
 * @param fillHoles whether holes in components are filled by default
 * @param splitDepth objects between which the network sees no boundary are taken apart where they are so many pixels deeper
 *     than the neck between them; 0: they are not; only of kind {@link Kind#BOUNDARY_INSTANCES}
 */
public record OutputSpec(
        List<ClassSpec> classes, Kind kind, double threshold, long minSize, boolean fillHoles, double splitDepth) {
    /** A depth that was good on the validation images of the bundled models of nuclei. */
    public static final double USUAL_SPLIT_DEPTH = 0.75;

    /** Without taking apart by shape. */
    public OutputSpec(List<ClassSpec> classes, Kind kind, double threshold, long minSize, boolean fillHoles) {
        this(classes, kind, threshold, minSize, fillHoles, 0);
    }

    /** What a label image holds. */
    public enum Kind {
        /** Indices of classes. */
        CLASSES,
        /** Objects 1..n: connected components of the foreground. */
        INSTANCES,
        /** Objects 1..n from a network with the three classes background, interior and boundary. */
        BOUNDARY_INSTANCES
    }

    /**
     * A class.
     *
     * @param name as shown
     * @param color 0xRRGGBB
     */
    public record ClassSpec(String name, int color) {}

    /** Copies the list. */
    public OutputSpec {
        classes = List.copyOf(classes);
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must be in (0, 1), not " + threshold + ".");
        }
        if (!(splitDepth >= 0 && splitDepth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("split depth must be a number of at least 0, not " + splitDepth + ".");
        }
    }
}
