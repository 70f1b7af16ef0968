package io.github.transfuse.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.files.WebStream;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Models that can be fetched: a JSON file at an address that the user sets by the system property {@value #PROPERTY}. It has a
 * list {@code models}, each with {@code name}, {@code title}, {@code url} (of a zip, relative to the file), {@code sha256} of
 * the zip, {@code bytes} and {@code licence}.
 *
 * @param entries in the order of the file
 */
public record ModelIndex(List<Entry> entries) {
    /** System property: the address of the file. */
    public static final String PROPERTY = "transfuse.catalogue";

    private static final int MAX_BYTES = 1 << 22;

    /** Copies the list. */
    public ModelIndex {
        entries = List.copyOf(entries);
    }

    /**
     * A model that can be fetched.
     *
     * @param name to ask for it by
     * @param title what it does, in a few words
     * @param address of its zip
     * @param sha256 of the zip, lower-case hexadecimal
     * @param bytes size of the zip
     * @param licence of the weights
     */
    public record Entry(String name, String title, URI address, String sha256, long bytes, String licence) {}

    /**
     * The index that the user has set.
     *
     * @return empty if none is set
     * @throws IOException if it cannot be read, naming the address
     */
    public static Optional<ModelIndex> standard() throws IOException {
        String address = System.getProperty(PROPERTY, "").strip();
        return address.isEmpty() ? Optional.empty() : Optional.of(read(ModelSource.address(address)));
    }

    /** Reads the file at an address. */
    static ModelIndex read(URI address) throws IOException {
        String text;
        try (WebStream in = WebStream.open(address, Thread.currentThread()::isInterrupted)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ModelFormatException(address + " is too large for a list of models. " + wayOut());
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        try {
            return parse(address, JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | ClassCastException | IllegalStateException | IllegalArgumentException e) {
            throw new ModelFormatException(address + " is no list of models. " + wayOut(), e);
        }
    }

    private static String wayOut() {
        return "The Java option -D" + PROPERTY + "=ADDRESS names another one.";
    }

    private static ModelIndex parse(URI address, JsonObject file) throws ModelFormatException {
        List<Entry> entries = new ArrayList<>();
        if (!file.has("models")) {
            throw new JsonParseException("no list 'models'");
        }
        for (JsonElement element : file.getAsJsonArray("models")) {
            Fields fields = new Fields(address.toString(), element.getAsJsonObject());
            entries.add(new Entry(
                    fields.text("name"),
                    fields.text("title"),
                    address.resolve(fields.text("url")),
                    fields.text("sha256").toLowerCase(Locale.ROOT),
                    (long) fields.number("bytes"),
                    fields.text("licence")));
        }
        return new ModelIndex(entries);
    }

    /** The model of a name. */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
