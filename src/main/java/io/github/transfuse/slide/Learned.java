package io.github.transfuse.slide;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is learned of drawings. */
public enum Learned {
    /** Each drawing is one object, such as a cell: touching ones are told apart, their classes are not. */
    OBJECTS,
    /** All drawings of a class are one area, such as a tissue. */
    AREAS;

    /** Longest side of an object in pixels: half of what a network sees at once. */
    static final double MAX_OBJECT_SIDE = 128;

    /** As the setting {@code learn} says; empty: as fits the drawings. */
    public static Optional<Learned> of(Optional<String> asked) {
        return asked.map(word -> valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /**
     * What fits drawings: objects if all are of one class and not large; otherwise areas.
     *
     * @param classes number of them
     * @param lengths longest side of each drawing, in pixels of what is learned
     */
    static Learned fitting(int classes, List<Double> lengths) {
        List<Double> sorted = lengths.stream().sorted().toList();
        boolean small = !sorted.isEmpty() && sorted.get(sorted.size() / 2) <= MAX_OBJECT_SIDE;
        return classes == 1 && small ? OBJECTS : AREAS;
    }
}
