package io.github.transfuse.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import java.util.List;
import java.util.Locale;

/** Writes {@code model.json}: the inverse of {@link SpecReader}, fields unknown to this version included. */
final class SpecWriter {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private SpecWriter() {}

    /** The whole text of {@code model.json}. */
    static String text(ModelSpec spec, String sha256) {
        JsonObject json = json(spec, sha256);
        ModelHistory history = spec.history();
        json.add("training", history.training().deepCopy());
        json.add("metrics", history.metrics().deepCopy());
        json.add("checks", history.checks().deepCopy());
        UnknownFields.addTo(json, history.unknown());
        return PRETTY.toJson(json) + "\n";
    }

    /** All fields known to this version. */
    static JsonObject json(ModelSpec spec, String sha256) {
        JsonObject json = new JsonObject();
        json.addProperty("format_version", ModelSpec.FORMAT_VERSION);
        json.addProperty("name", spec.identity().name());
        json.addProperty("title", spec.identity().title());
        json.addProperty("description", spec.identity().description());
        json.addProperty("licence", spec.identity().licence());
        json.add("network", network(spec.network()));
        json.add("input", input(spec.input()));
        json.add("output", output(spec.output()));
        JsonObject weights = new JsonObject();
        weights.addProperty("sha256", sha256);
        json.add("weights", weights);
        json.add("training", new JsonObject());
        json.add("metrics", new JsonObject());
        json.add("checks", new JsonObject());
        return json;
    }

    private static JsonObject network(NetworkSpec network) {
        Variant.Transformer transformer = network.variant().transformer();
        JsonObject json = new JsonObject();
        json.addProperty("variant", network.variant().name());
        json.addProperty("transformer_blocks", transformer.blocks());
        json.add("position_grid", array(transformer.grid()));
        Scales scales = network.variant().scales();
        if (scales.axes() == 3) {
            json.add("patch_size", array(scales.patch()));
            json.add("stem_stride", array(scales.stem()));
        }
        json.addProperty("channels", network.channels());
        json.addProperty("classes", network.classes());
        json.addProperty("align_corners", network.alignCorners());
        return json;
    }

    private static JsonObject input(InputSpec input) {
        InputSpec.Sampling sampling = input.sampling();
        JsonObject json = new JsonObject();
        json.addProperty("rule", Fields.word(input.rule()));
        json.add("size", array(input.size()));
        json.addProperty("overlap", input.overlap());
        json.add("normalization", normalization(input.normalization()));
        sampling.pixelSize().ifPresent(size -> json.add("pixel_size", array(size)));
        json.addProperty("unit", sampling.unit());
        json.addProperty("mode", Fields.word(sampling.mode()));
        json.addProperty("context", sampling.context());
        sampling.orientation().ifPresent(letters -> json.addProperty("orientation", letters));
        return json;
    }

    private static JsonObject normalization(Normalization normalization) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", Fields.word(normalization.kind()));
        json.add("mean", array(normalization.mean()));
        json.add("std", array(normalization.std()));
        json.addProperty("low", normalization.low());
        json.addProperty("high", normalization.high());
        return json;
    }

    private static JsonObject output(OutputSpec output) {
        JsonArray classes = new JsonArray();
        for (OutputSpec.ClassSpec each : output.classes()) {
            JsonObject json = new JsonObject();
            json.addProperty("name", each.name());
            json.addProperty("color", String.format(Locale.ROOT, "#%06x", each.color() & 0xffffff));
            classes.add(json);
        }
        JsonObject json = new JsonObject();
        json.add("classes", classes);
        json.addProperty("kind", Fields.word(output.kind()));
        json.addProperty("threshold", output.threshold());
        json.addProperty("min_size", output.minSize());
        json.addProperty("fill_holes", output.fillHoles());
        if (output.splitDepth() > 0) {
            json.addProperty("split_depth", output.splitDepth());
        }
        return json;
    }

    private static JsonArray array(List<? extends Number> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
