package io.github.transfuse.weights;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the JSON of a safetensors header strictly: no repeated or unknown keys, whole numbers only. */
final class HeaderParser {
    static final String METADATA_KEY = "__metadata__";

    private static final String FETCH_AGAIN = "The file is damaged or was written wrongly: export it again.";

    private final Path file;
    private final Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;

    private HeaderParser(Path file) {
        this.file = file;
    }

    static HeaderParser parse(Path file, String json) throws ModelFormatException {
        HeaderParser parser = new HeaderParser(file);
        // Strict JSON allows leading white space; the format does not.
        if (!json.startsWith("{")) {
            throw parser.bad("its header does not start with '{'");
        }
        try (JsonReader reader = StrictJson.reader(json)) {
            parser.readHeader(reader);
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | IllegalStateException | JsonParseException e) {
            throw new ModelFormatException(
                    file + ": its header is not valid JSON (" + StrictJson.reason(e) + "). " + FETCH_AGAIN, e);
        }
        return parser;
    }

    Map<String, SafetensorsHeader.Entry> entries() {
        return entries;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void readHeader(JsonReader reader) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (name.equals(METADATA_KEY)) {
                readMetadata(reader);
            } else if (entries.put(name, readEntry(reader, name)) != null) {
                throw bad("its header names tensor '" + name + "' twice");
            }
        }
        reader.endObject();
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw bad("its header goes on after the closing brace");
        }
    }

    private void readMetadata(JsonReader reader) throws IOException {
        if (metadataSeen) {
            throw bad("its header names " + METADATA_KEY + " twice");
        }
        metadataSeen = true;
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (reader.peek() != JsonToken.STRING) {
                throw bad("metadata '" + key + "' is not text");
            }
            if (metadata.put(key, reader.nextString()) != null) {
                throw bad("its header names metadata '" + key + "' twice");
            }
        }
        reader.endObject();
    }

    private SafetensorsHeader.Entry readEntry(JsonReader reader, String tensor) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String field = reader.nextName();
            Object value =
                    switch (field) {
                        case "dtype" -> readType(reader, tensor);
                        case "shape", "data_offsets" -> readWholeNumbers(reader, tensor, field);
                        default -> throw bad("tensor '" + tensor + "' has an unknown field '" + field + "'");
                    };
            if (fields.put(field, value) != null) {
                throw bad("tensor '" + tensor + "' has the field '" + field + "' twice");
            }
        }
        reader.endObject();
        if (!(fields.get("dtype") instanceof DType dtype)
                || !(fields.get("shape") instanceof long[] shape)
                || !(fields.get("data_offsets") instanceof long[] offsets)) {
            throw bad("tensor '" + tensor + "' lacks one of dtype, shape, data_offsets");
        }
        return checkedEntry(tensor, dtype, shape, offsets);
    }

    private DType readType(JsonReader reader, String tensor) throws IOException {
        String name = reader.nextString();
        return DType.named(name)
                .orElseThrow(() -> new ModelFormatException(
                        file,
                        "tensor '" + tensor + "' has the unknown type '" + name + "'",
                        "Export it as one of " + Arrays.toString(DType.values()) + "."));
    }

    private long[] readWholeNumbers(JsonReader reader, String tensor, String field) throws IOException {
        List<Long> numbers = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            String text = reader.peek() == JsonToken.NUMBER ? reader.nextString() : "";
            if (!text.matches("\\d{1,18}")) {
                throw bad("tensor '" + tensor + "' has a " + field + " that is not made of whole numbers");
            }
            numbers.add(Long.valueOf(text));
        }
        reader.endArray();
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private SafetensorsHeader.Entry checkedEntry(String tensor, DType dtype, long[] shape, long[] offsets)
            throws ModelFormatException {
        String what = "tensor '" + tensor + "' (" + dtype + Arrays.toString(shape) + ")";
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw bad(what + " has wrong data_offsets " + Arrays.toString(offsets));
        }
        long needed;
        try {
            needed = dtype.bytes(ShapeArithmetic.count(shape));
        } catch (ArithmeticException e) {
            throw new ModelFormatException(
                    file + ": " + what + " has an impossible size (" + e.getMessage() + "). " + FETCH_AGAIN, e);
        }
        if (needed != offsets[1] - offsets[0]) {
            throw bad(what + " needs " + needed + " bytes but its data_offsets span " + (offsets[1] - offsets[0]));
        }
        return new SafetensorsHeader.Entry(dtype, shape, offsets[0], offsets[1]);
    }

    private ModelFormatException bad(String problem) {
        return new ModelFormatException(file, problem, FETCH_AGAIN);
    }
}
