package io.github.transfuse.batch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.Provenance;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.settings.Key;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is there already of the results of an image.
 *
 * @param labels the file of labels, if all results that are asked for are there and would be made in the same way
 * @param difference why they are made again; empty if there are none
 */
record EarlierResult(Optional<Path> labels, String difference) {
    /** Nothing is there, or nobody asks. */
    static final EarlierResult NONE = new EarlierResult(Optional.empty(), "");

    private static final List<String> PROBABILITIES = List.of(".tif", ".nii.gz", ".nrrd");

    /** What pixels and their names do not depend on; the model is compared by its contents. */
    private static final Set<String> FREE = Stream.<SettingKey<?>>of(
                    Keys.INPUT,
                    Keys.OUTPUT,
                    Keys.MODEL,
                    Keys.KEEP_PATHS,
                    Keys.RECURSIVE,
                    Keys.SKIP_EXISTING,
                    Keys.PROBABILITIES,
                    Keys.OVERLAY,
                    Keys.TABLE,
                    Keys.GEOJSON,
                    Keys.ROIS)
            .map(SettingKey::name)
            .collect(Collectors.toSet());

    /**
     * Compares what is there with what would be made.
     *
     * @param folder of the results
     * @param stem what their names begin with
     * @param sha256 of the image; empty if it cannot be told
     */
    static EarlierResult of(Path folder, String stem, Optional<String> sha256, TransFuse model) {
        Path record = folder.resolve(stem + ResultWriter.PROVENANCE);
        Optional<Path> labels = existing(
                folder, stem + "-labels", LabelFile.of(model.settings()).extensions());
        if (labels.isEmpty() || !Files.exists(record)) {
            return NONE;
        }
        Optional<JsonObject> then = read(record);
        if (then.isEmpty()) {
            return again("the record of the earlier run cannot be read");
        }
        if (sha256.isEmpty()) {
            return again("its pixels lie in other files, which are not compared");
        }
        return differences(then.get(), sha256.get(), model)
                .or(() -> missing(folder, stem, model.settings()))
                .map(EarlierResult::again)
                .orElse(new EarlierResult(labels, ""));
    }

    private static EarlierResult again(String why) {
        return new EarlierResult(Optional.empty(), why);
    }

    private static Optional<Path> existing(Path folder, String name, List<String> extensions) {
        return extensions.stream()
                .map(extension -> folder.resolve(name + extension))
                .filter(Files::exists)
                .findFirst();
    }

    private static Optional<JsonObject> read(Path record) {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(record));
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> differences(JsonObject then, String sha256, TransFuse model) {
        JsonObject now = Provenance.maker(model.members(), model.settings());
        now.addProperty(ResultWriter.INPUT_SHA256, sha256);
        if (!then.has(ResultWriter.INPUT_SHA256)) {
            return Optional.of("the earlier run did not record the checksum of the image");
        }
        if (differs(then, now, ResultWriter.INPUT_SHA256)) {
            return Optional.of("the image has changed");
        }
        if (differs(then, now, Provenance.MODEL_SHA256) || differs(then, now, Provenance.SPEC_SHA256)) {
            return Optional.of("the model is another one");
        }
        if (differs(then, now, Provenance.PLUGIN)) {
            return Optional.of("it was made by another version of TransFuse");
        }
        return settings(then, now).or(() -> range(then, model.givenNormalization()));
    }

    private static boolean differs(JsonObject one, JsonObject other, String key) {
        return !other.get(key).equals(one.get(key));
    }

    private static Optional<String> settings(JsonObject then, JsonObject now) {
        JsonObject values = now.getAsJsonObject(Provenance.SETTINGS);
        JsonObject earlier = then.get(Provenance.SETTINGS) instanceof JsonObject known ? known : new JsonObject();
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, JsonElement> value : values.entrySet()) {
            JsonElement was = earlier.get(value.getKey());
            if (!FREE.contains(value.getKey()) && !value.getValue().equals(was)) {
                changed.add(value.getKey() + " was " + (was == null ? "not known" : was.getAsString()) + " and is "
                        + value.getValue().getAsString());
            }
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changed));
    }

    private static Optional<String> range(JsonObject then, Optional<FittedNormalization> given) {
        return given.isEmpty() || given.get().toJson().equals(then.get(Provenance.NORMALIZATION))
                ? Optional.empty()
                : Optional.of("the range of values of the whole folder has changed");
    }

    /** What is asked for now and was not then. */
    private static Optional<String> missing(Path folder, String stem, Settings settings) {
        List<String> missing = new ArrayList<>();
        addMissing(missing, settings, Keys.PROBABILITIES, existing(folder, stem + "-probabilities", PROBABILITIES));
        addMissing(missing, settings, Keys.OVERLAY, existing(folder, stem + ResultWriter.OVERLAY, List.of("")));
        addMissing(missing, settings, Keys.TABLE, existing(folder, stem + ResultWriter.OBJECTS, List.of("")));
        addMissing(missing, settings, Keys.ROIS, existing(folder, stem + ResultWriter.ROIS, List.of("")));
        addMissing(missing, settings, Keys.GEOJSON, existing(folder, stem + ResultWriter.GEOJSON, List.of("")));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", missing) + (missing.size() == 1 ? " is missing" : " are missing"));
    }

    private static void addMissing(List<String> missing, Settings settings, Key<Boolean> asked, Optional<Path> file) {
        if (settings.get(asked) && file.isEmpty()) {
            missing.add(asked.name());
        }
    }
}
