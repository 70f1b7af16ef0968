package io.github.transfuse.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.transfuse.weights.ModelFormatException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** One object of {@code model.json}, read field by field; each complaint names the file and the field's full path. */
final class Fields {
    private final String file;
    private final String prefix;
    private final JsonObject object;

    /** The outermost object of a file; {@code file} is only used in messages. */
    Fields(String file, JsonObject object) {
        this(file, "", object);
    }

    private Fields(String file, String prefix, JsonObject object) {
        this.file = file;
        this.prefix = prefix;
        this.object = object;
    }

    boolean has(String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    Fields fields(String key) throws ModelFormatException {
        return new Fields(file, prefix + key + ".", json(key));
    }

    JsonObject json(String key) throws ModelFormatException {
        return asObject(prefix + key, required(key));
    }

    /** A free-form object that may be left out. */
    JsonObject optionalJson(String key) throws ModelFormatException {
        return has(key) ? json(key).deepCopy() : new JsonObject();
    }

    String text(String key) throws ModelFormatException {
        return primitive(key, JsonPrimitive::isString, "text").getAsString();
    }

    boolean flag(String key) throws ModelFormatException {
        return primitive(key, JsonPrimitive::isBoolean, "true or false").getAsBoolean();
    }

    double number(String key) throws ModelFormatException {
        return asNumber(prefix + key, required(key));
    }

    int whole(String key) throws ModelFormatException {
        return asWhole(prefix + key, required(key));
    }

    List<Double> numbers(String key) throws ModelFormatException {
        List<Double> values = new ArrayList<>();
        for (JsonElement element : array(key)) {
            values.add(asNumber(prefix + key + "[" + values.size() + "]", element));
        }
        return values;
    }

    List<Integer> wholes(String key) throws ModelFormatException {
        List<Integer> values = new ArrayList<>();
        for (JsonElement element : array(key)) {
            values.add(asWhole(prefix + key + "[" + values.size() + "]", element));
        }
        return values;
    }

    List<Fields> objects(String key) throws ModelFormatException {
        List<Fields> values = new ArrayList<>();
        for (JsonElement element : array(key)) {
            String path = prefix + key + "[" + values.size() + "]";
            values.add(new Fields(file, path + ".", asObject(path, element)));
        }
        return values;
    }

    <E extends Enum<E>> E choice(String key, E[] choices) throws ModelFormatException {
        String text = text(key);
        Optional<E> found =
                Arrays.stream(choices).filter(c -> word(c).equals(text)).findFirst();
        if (found.isEmpty()) {
            List<String> words = Arrays.stream(choices).map(Fields::word).toList();
            throw wrong(prefix + key, "one of " + String.join(", ", words), required(key));
        }
        return found.get();
    }

    /** The spelling of a constant in {@code model.json}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    ModelFormatException wrong(String key, String expected) throws ModelFormatException {
        return wrong(prefix + key, expected, required(key));
    }

    private JsonArray array(String key) throws ModelFormatException {
        JsonElement element = required(key);
        if (!element.isJsonArray()) {
            throw wrong(prefix + key, "a list", element);
        }
        return element.getAsJsonArray();
    }

    private JsonElement required(String key) throws ModelFormatException {
        if (!has(key)) {
            throw new ModelFormatException(file + ": the required field '" + prefix + key
                    + "' is missing. Add it as docs/model-format.md describes, or get the model again.");
        }
        return object.get(key);
    }

    private JsonPrimitive primitive(String key, Predicate<JsonPrimitive> accepted, String expected)
            throws ModelFormatException {
        JsonElement element = required(key);
        if (!element.isJsonPrimitive() || !accepted.test(element.getAsJsonPrimitive())) {
            throw wrong(prefix + key, expected, element);
        }
        return element.getAsJsonPrimitive();
    }

    private JsonObject asObject(String path, JsonElement element) throws ModelFormatException {
        if (!element.isJsonObject()) {
            throw wrong(path, "an object", element);
        }
        return element.getAsJsonObject();
    }

    private double asNumber(String path, JsonElement element) throws ModelFormatException {
        if (!isNumber(element) || !Double.isFinite(element.getAsDouble())) {
            throw wrong(path, "a number", element);
        }
        return element.getAsDouble();
    }

    private int asWhole(String path, JsonElement element) throws ModelFormatException {
        if (isNumber(element)) {
            try {
                return new BigDecimal(element.getAsString()).intValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw wrong(path, "a whole number", element);
            }
        }
        throw wrong(path, "a whole number", element);
    }

    private static boolean isNumber(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    private ModelFormatException wrong(String path, String expected, JsonElement actual) {
        return new ModelFormatException(file + ": the field '" + path + "' must be " + expected + ", not " + actual
                + ". Correct it as docs/model-format.md describes, or get the model again.");
    }
}
