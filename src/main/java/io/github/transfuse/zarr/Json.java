package io.github.transfuse.zarr;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the small files of metadata, which may hold anything. */
final class Json {
    /** Consolidated ones of large plates have some megabytes. */
    private static final long MAX_LENGTH = 1 << 26;

    private Json() {}

    /** The object in a file; empty if there is no such file. */
    static Optional<JsonObject> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException(file.getFileName() + " is too large for metadata");
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (JsonParser.parseString(text) instanceof JsonObject object) {
                return Optional.of(object);
            }
        } catch (JsonParseException e) {
            throw new IOException(file.getFileName() + " is no JSON", e);
        }
        throw new IOException(file.getFileName() + " is no JSON object");
    }

    static Optional<JsonObject> object(JsonObject in, String key) {
        return in.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    static Optional<JsonArray> array(JsonObject in, String key) {
        return in.get(key) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    static Optional<String> text(JsonObject in, String key) {
        return in.get(key) instanceof JsonPrimitive text ? Optional.of(text.getAsString()) : Optional.empty();
    }

    static JsonObject require(JsonObject in, String key) throws IOException {
        return object(in, key).orElseThrow(() -> new IOException("its metadata lack " + key));
    }

    static String requireText(JsonObject in, String key) throws IOException {
        return text(in, key).orElseThrow(() -> new IOException("its metadata lack " + key));
    }

    /** Whole numbers of at least 1. */
    static long[] sizes(JsonObject in, String key) throws IOException {
        JsonArray array = array(in, key).orElseThrow(() -> new IOException("its metadata lack " + key));
        long[] sizes = new long[array.size()];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = whole(array.get(d), key);
        }
        return sizes;
    }

    private static long whole(JsonElement element, String key) throws IOException {
        try {
            long size = element.getAsBigDecimal().longValueExact();
            if (size >= 1) {
                return size;
            }
        } catch (ArithmeticException | NumberFormatException | UnsupportedOperationException e) {
            throw new IOException("its " + key + " is no list of whole numbers", e);
        }
        throw new IOException("its " + key + " is not positive");
    }
}
