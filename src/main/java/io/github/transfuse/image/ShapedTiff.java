package io.github.transfuse.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Python's tifffile writes of the axes of a stack, {@code {"shape": [3, 256, 256], "axes": "CYX"}}, said as OME-XML says it.
 * Stacks of slices, which pages are anyway, need no words.
 */
final class ShapedTiff {
    /** Slowest first; S are the samples of a pixel. */
    private static final String AXES = "(?=.*[CT])[CZT]{1,3}YXS?";

    private ShapedTiff() {}

    /** Empty if nothing is said but slices, or what is said is not understood. */
    static Optional<OmeXml> of(String description) {
        if (!description.startsWith("{") || !description.contains("\"axes\"")) {
            return Optional.empty();
        }
        try {
            JsonObject said = JsonParser.parseString(description).getAsJsonObject();
            String axes = said.get("axes").getAsString();
            boolean once = axes.chars().distinct().count() == axes.length();
            return axes.matches(AXES) && once
                    ? Optional.of(read(axes, said.getAsJsonArray("shape")))
                    : Optional.empty();
        } catch (RuntimeException e) { // Gson throws many kinds
            return Optional.empty();
        }
    }

    private static OmeXml read(String axes, JsonArray shape) {
        Map<Character, Integer> sizes = new HashMap<>(Map.of('C', 1, 'Z', 1, 'T', 1));
        StringBuilder order = new StringBuilder("XY");
        for (int i = axes.indexOf('Y') - 1; i >= 0; i--) {
            order.append(axes.charAt(i));
            sizes.put(axes.charAt(i), shape.get(i).getAsInt());
        }
        for (char axis : new char[] {'C', 'Z', 'T'}) {
            order.append(axes.indexOf(axis) < 0 ? Character.toString(axis) : "");
        }
        if (axes.endsWith("S")) {
            JsonElement samples = shape.get(axes.length() - 1);
            sizes.merge('C', samples.getAsInt(), Math::multiplyExact);
        }
        Map<Character, Double> unknown = Map.of('X', 0.0, 'Y', 0.0, 'Z', 0.0);
        Map<Character, String> units = Map.of('X', "", 'Y', "", 'Z', "");
        return new OmeXml(order.toString(), sizes, unknown, units, 1, true, List.of());
    }
}
