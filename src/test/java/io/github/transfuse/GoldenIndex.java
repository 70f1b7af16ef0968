package io.github.transfuse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code index.json} of a fixtures folder lists. */
public final class GoldenIndex {

    /** Kinds of entries, told apart by name. */
    public enum Kind {
        /** Outputs and taps of one forward pass. */
        INFERENCE("[A-Z]+\\d*_\\d+x\\d+_b\\d+_s\\d+(_nc\\d+)?"),
        /** Outputs of a float64 forward pass. */
        LOGITS64(INFERENCE.name.pattern() + "\\.logits64"),
        /** One loss and its gradient. */
        LOSS("loss_\\w+"),
        /** Resampled position tables. */
        POSITION("pos_embed_resize\\w*"),
        /** Optimiser steps. */
        TRAINING("train_" + INFERENCE.name.pattern());

        private final Pattern name;

        Kind(String pattern) {
            name = Pattern.compile(pattern);
        }
    }

    /** Kinds of files of {@link Kind#INFERENCE}. */
    private static final Set<String> FILES = Set.of("logits", "taps", "logits_acfalse");

    private final Path folder;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Reads an index.
     *
     * @throws AssertionError if it is empty, or an entry is of unknown kind or names a missing file
     */
    public GoldenIndex(Path folder) throws IOException {
        this.folder = folder;
        JsonObject all = JsonParser.parseString(Files.readString(folder.resolve("index.json")))
                .getAsJsonObject();
        for (String name : all.keySet()) {
            entries.add(entry(name, all.getAsJsonObject(name)));
        }
        if (entries.isEmpty()) {
            throw new AssertionError(folder + "/index.json lists nothing to check");
        }
    }

    /** All entries. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    private Entry entry(String name, JsonObject json) {
        for (Kind kind : Kind.values()) {
            if (kind.name.matcher(name).matches()) {
                Entry entry = new Entry(name, kind, json, folder);
                entry.checkFiles();
                return entry;
            }
        }
        throw new AssertionError(folder + "/index.json: entry '" + name + "' is of unknown kind");
    }

    /**
     * One entry.
     *
     * @param name its key
     * @param kind what it holds
     * @param json its fields
     * @param folder where its files are
     */
    public record Entry(String name, Kind kind, JsonObject json, Path folder) {

        private void checkFiles() {
            JsonElement files = json.get("files");
            if (kind == Kind.INFERENCE) {
                files.getAsJsonObject().keySet().forEach(this::checkFileKind);
                files.getAsJsonObject().keySet().forEach(this::inferenceFile);
            } else if (files != null) {
                files.getAsJsonArray().forEach(file -> existing(file.getAsString()));
            } else {
                file();
            }
        }

        private void checkFileKind(String file) {
            if (!FILES.contains(file)) {
                throw new AssertionError(name + ": file of unknown kind '" + file + "'");
            }
        }

        /** The entry's safetensors file. */
        public Path file() {
            return existing(json.has("file") ? json.get("file").getAsString() : name + ".safetensors");
        }

        /** Whether there is a file of this kind. */
        public boolean has(String file) {
            return json.getAsJsonObject("files").has(file);
        }

        /** A file by its kind: logits, taps or logits_acfalse. */
        public Path inferenceFile(String file) {
            return existing(json.getAsJsonObject("files")
                    .getAsJsonObject(file)
                    .get("file")
                    .getAsString());
        }

        /** A file beside the others. */
        public Path existing(String file) {
            Path path = folder.resolve(file);
            if (!Files.isRegularFile(path)) {
                throw new AssertionError(name + ": missing file " + path);
            }
            return path;
        }

        /** Which network and image a safetensors file was made with. */
        public GoldenCase made(Path file) throws IOException {
            TensorStore store = Safetensors.open(file);
            return GoldenCase.of(name, store.metadata());
        }
    }
}
