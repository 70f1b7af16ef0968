package io.github.transfuse.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what another version wrote. Unknown fields are held in a skeleton of the objects that contain them, and put back
 * into the same places; inside lists the place is the index, {@code null} where an element has nothing unknown.
 */
final class UnknownFields {
    /** Free-form objects: nothing in them is unknown. */
    private static final Set<String> FREE = Set.of("training", "metrics", "checks");

    private UnknownFields() {}

    /** The fields of {@code whole} that {@code known} does not have, at every level. */
    static JsonObject of(JsonObject whole, JsonObject known) {
        JsonObject unknown = difference(whole, known);
        FREE.forEach(unknown::remove);
        return unknown;
    }

    /** Puts unknown fields back; a known field of the same name wins. */
    static void addTo(JsonObject target, JsonObject unknown) {
        for (Map.Entry<String, JsonElement> entry : unknown.entrySet()) {
            JsonElement mine = target.get(entry.getKey());
            if (mine == null) {
                target.add(entry.getKey(), entry.getValue().deepCopy());
            } else {
                addToElement(mine, entry.getValue());
            }
        }
    }

    private static void addToElement(JsonElement target, JsonElement unknown) {
        if (target.isJsonObject() && unknown.isJsonObject()) {
            addTo(target.getAsJsonObject(), unknown.getAsJsonObject());
        } else if (target.isJsonArray() && unknown.isJsonArray() && sameLength(target, unknown)) {
            for (int i = 0; i < target.getAsJsonArray().size(); i++) {
                addToElement(
                        target.getAsJsonArray().get(i), unknown.getAsJsonArray().get(i));
            }
        }
    }

    private static JsonObject difference(JsonObject whole, JsonObject known) {
        JsonObject unknown = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : whole.entrySet()) {
            JsonElement mine = known.get(entry.getKey());
            JsonElement rest = mine == null ? entry.getValue().deepCopy() : difference(entry.getValue(), mine);
            if (mine == null || !rest.isJsonNull()) {
                unknown.add(entry.getKey(), rest);
            }
        }
        return unknown;
    }

    /** What is unknown inside one value; {@link JsonNull} if nothing is. */
    private static JsonElement difference(JsonElement whole, JsonElement known) {
        if (whole.isJsonObject() && known.isJsonObject()) {
            JsonObject rest = difference(whole.getAsJsonObject(), known.getAsJsonObject());
            return rest.isEmpty() ? JsonNull.INSTANCE : rest;
        }
        if (whole.isJsonArray() && known.isJsonArray() && sameLength(whole, known)) {
            return difference(whole.getAsJsonArray(), known.getAsJsonArray());
        }
        return JsonNull.INSTANCE;
    }

    private static JsonElement difference(JsonArray whole, JsonArray known) {
        JsonArray rest = new JsonArray();
        boolean any = false;
        for (int i = 0; i < whole.size(); i++) {
            rest.add(difference(whole.get(i), known.get(i)));
            any |= !rest.get(i).isJsonNull();
        }
        return any ? rest : JsonNull.INSTANCE;
    }

    private static boolean sameLength(JsonElement a, JsonElement b) {
        return a.getAsJsonArray().size() == b.getAsJsonArray().size();
    }
}
