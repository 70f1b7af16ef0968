package io.github.transfuse.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The values that classes had in the masks of a training, where these are not their indices, such as 0, 2 and 5. Kept in
 * {@code training} of {@code model.json}, so that other masks of the same kind, in which some class may be missing, mean the
 * same.
 *
 * @param values of the background and of the classes in their order, ascending, at least two, each 0 or more
 * @param colored whether values are colours, 0xRRGGBB
 */
public record MaskValues(List<Integer> values, boolean colored) {
    /** The field. */
    static final String KEY = "mask_values";

    private static final int HEXADECIMAL = 16;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if they are fewer than two, negative or not ascending
     */
    public MaskValues {
        values = List.copyOf(values);
        boolean ascending = values.size() > 1 && values.get(0) >= 0;
        for (int i = 1; i < values.size(); i++) {
            ascending &= values.get(i - 1) < values.get(i);
        }
        if (!ascending) {
            throw wrong(values);
        }
    }

    private static IllegalArgumentException wrong(Object found) {
        return new IllegalArgumentException("training." + KEY + " must be a list of two or more ascending whole numbers"
                + " from 0 on, or of colours such as \"#ff0000\", not " + found + ".");
    }

    /**
     * What a training records.
     *
     * @return empty if it records none: masks held indices of classes, or a foreground
     * @throws IllegalArgumentException if the field cannot be understood
     */
    static Optional<MaskValues> of(JsonObject training) {
        if (!training.has(KEY)) {
            return Optional.empty();
        }
        JsonElement recorded = training.get(KEY);
        if (!recorded.isJsonArray()) {
            throw wrong(recorded);
        }
        List<Integer> values = new ArrayList<>();
        int colors = 0;
        for (JsonElement value : recorded.getAsJsonArray()) {
            boolean color = value.isJsonPrimitive() && value.getAsString().matches("#[0-9a-fA-F]{6}");
            colors += color ? 1 : 0;
            values.add(color ? Integer.parseInt(value.getAsString().substring(1), HEXADECIMAL) : whole(value));
        }
        if (colors > 0 && colors < values.size()) {
            throw wrong(recorded);
        }
        return Optional.of(new MaskValues(values, colors > 0));
    }

    private static int whole(JsonElement value) {
        boolean number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
        if (!number || !value.getAsString().matches("[0-9]{1,9}")) {
            throw wrong(value);
        }
        return value.getAsInt();
    }

    /** Adds the field to what is recorded of a training. */
    public void addTo(JsonObject training) {
        JsonArray array = new JsonArray();
        for (int value : values) {
            array.add(colored ? new JsonPrimitive(shown(value)) : new JsonPrimitive(value));
        }
        training.add(KEY, array);
    }

    /** All of them for people. */
    public List<String> shown() {
        return values.stream().map(this::shown).toList();
    }

    private String shown(int value) {
        return colored ? String.format(Locale.ROOT, "#%06x", value) : Integer.toString(value);
    }
}
