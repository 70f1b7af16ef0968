package io.github.transfuse;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.transfuse.engine.Engine;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.segmentation.Statistics;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a result came about: enough to make it again.
 *
 * @param models the model, with the checksum of its weights; or several, of whose probabilities it is the mean
 * @param settings given and default
 * @param normalization the numbers with which pixel values became network inputs; of several models those of the first
 * @param statistics device, precision, time
 * @param notes choices and fallbacks, as sentences
 */
public record Provenance(
        List<ModelFolder> models,
        Settings settings,
        FittedNormalization normalization,
        Statistics statistics,
        List<String> notes) {

    /** Key of the name and version of this program. */
    public static final String PLUGIN = "plugin";

    /** Key of the checksum of the weights. */
    public static final String MODEL_SHA256 = "model_sha256";

    /** Key of the checksum of what the model says of itself. */
    public static final String SPEC_SHA256 = "model_spec_sha256";

    /** Key of all settings, given and default. */
    public static final String SETTINGS = "settings";

    /** Key of the numbers with which pixel values became network inputs. */
    public static final String NORMALIZATION = "normalization";

    /** Key of the wall time. */
    public static final String SECONDS = "seconds";

    /** Copies the lists. */
    public Provenance {
        models = List.copyOf(models);
        notes = List.copyOf(notes);
    }

    /** The model, of several the one by whose rules labels were made. */
    public ModelFolder model() {
        return models.get(0);
    }

    /** As JSON, for the file beside a result and for image properties. */
    public JsonObject json() {
        JsonObject json = maker(models, settings);
        EngineLoader.loaded().map(Engine::info).ifPresent(info -> {
            json.addProperty("libtorch", info.libtorch());
            json.addProperty("javacpp", info.javacpp());
            json.addProperty("platform", info.platform());
            json.addProperty("threads", info.threads());
        });
        json.addProperty("device", statistics.device().toString());
        json.addProperty("precision", statistics.precision().toString());
        json.addProperty("batch_size", statistics.batchSize());
        json.addProperty("tiles", statistics.tiles());
        json.addProperty(SECONDS, Math.round(statistics.seconds() * 1000) / 1000.0);
        json.add(NORMALIZATION, normalization.toJson());
        json.add("notes", array(notes));
        return json;
    }

    /** What makes results, as far as it is known before any image is seen: equal for equal results of equal images. */
    public static JsonObject maker(List<ModelFolder> models, Settings settings) {
        JsonObject json = new JsonObject();
        json.addProperty(PLUGIN, "TransFuse " + Version.current());
        json.addProperty(
                "model", joined(models, model -> model.spec().identity().name()));
        json.addProperty(MODEL_SHA256, joined(models, ModelFolder::sha256));
        json.addProperty(SPEC_SHA256, joined(models, ModelFolder::specSha256));
        JsonObject values = new JsonObject();
        settings.recorded().all().forEach(values::addProperty);
        json.add(SETTINGS, values);
        return json;
    }

    /** As models are named: with + between them. */
    private static String joined(List<ModelFolder> models, Function<ModelFolder, String> part) {
        return models.stream().map(part).collect(Collectors.joining("+"));
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(text -> array.add(new JsonPrimitive(text)));
        return array;
    }

    /** The JSON, over several lines. */
    @Override
    public String toString() {
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json());
    }
}
