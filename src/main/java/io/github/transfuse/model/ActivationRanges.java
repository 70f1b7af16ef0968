package io.github.transfuse.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which numbers reach each heavy operation of a network, in the order in which its inference form makes them: found by a
 * calibration on images, kept among the {@code checks} of {@code model.json}, and needed to compute in int8.
 *
 * @param ranges one an operation
 */
public record ActivationRanges(List<Range> ranges) {

    private static final String NAME = PrecisionRecord.INT8 + "_ranges";

    public ActivationRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * The numbers that reach an operation, as 256 even steps hold them. Zero is among them: it is what lies around an image.
     *
     * @param least at most 0
     * @param most at least 0
     */
    public record Range(float least, float most) {

        /** Nothing but zeros. */
        public static final Range ZERO = new Range(0, 0);

        private static final int STEPS = 255;

        /**
         * A range.
         *
         * @throws IllegalArgumentException if it does not hold zero, or is not finite
         */
        public Range {
            if (!(least <= 0) || !(most >= 0) || !Float.isFinite(most - least)) {
                throw new IllegalArgumentException(
                        "A range holds zero and is finite, unlike " + least + " to " + most + ".");
            }
        }

        /** What one step is worth. */
        public double step() {
            return most > least ? ((double) most - least) / STEPS : 1;
        }

        /** The number of steps from the least number to zero. */
        public int zeroPoint() {
            return Math.toIntExact(Math.round(-least / step()));
        }
    }

    /** What is recorded; empty if nothing is, or what cannot be ranges. */
    public static Optional<ActivationRanges> of(JsonObject checks) {
        JsonElement stored = checks.get(NAME);
        if (stored == null || !stored.isJsonArray() || stored.getAsJsonArray().size() % 2 != 0) {
            return Optional.empty();
        }
        try {
            List<Range> ranges = new ArrayList<>();
            JsonArray numbers = stored.getAsJsonArray();
            for (int i = 0; i < numbers.size(); i += 2) {
                ranges.add(new Range(number(numbers.get(i)), number(numbers.get(i + 1))));
            }
            return Optional.of(new ActivationRanges(ranges));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static float number(JsonElement element) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
            throw new IllegalArgumentException(element + " is no number.");
        }
        return element.getAsFloat();
    }

    /** The checks that people want to read. */
    static JsonObject without(JsonObject checks) {
        JsonObject others = checks.deepCopy();
        others.remove(NAME);
        return others;
    }

    /** Records them, in the place of what was there: least and most of the first operation, of the second, and so on. */
    public void writeTo(JsonObject checks) {
        JsonArray numbers = new JsonArray();
        for (Range range : ranges) {
            numbers.add(range.least);
            numbers.add(range.most);
        }
        checks.add(NAME, numbers);
    }
}
