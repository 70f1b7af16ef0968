package io.github.transfuse.export;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What bioimage.io wants to know of a model, {@code rdf.yaml} in version 0.5 (bioimage-io.github.io/spec-bioimage-io). Written
 * as JSON, which is YAML too.
 *
 * @param spec of the model
 * @param about what the model does not say of itself
 * @param sums checksums of the files of the package, by their names
 */
record ResourceDescription(ModelSpec spec, BioimageModel.About about, Map<String, String> sums) {
    static final String NAME = "rdf.yaml";
    static final String WEIGHTS = "weights.pth";
    static final String NETWORK = "transfuse.py";
    static final String INPUT = "test-input.npy";
    static final String OUTPUT = "test-output.npy";
    static final String DOCUMENTATION = "README.md";
    static final String COVER = "cover.png";

    private static final String FORMAT = "0.5.4";
    private static final double WHITE = 255;
    private static final int STEP = 16;
    private static final int LEAST_TILE = 64;
    private static final int MAX_NAME = 128;
    private static final double EPS = 1e-6;

    String text() {
        JsonObject rdf = new JsonObject();
        rdf.addProperty("type", "model");
        rdf.addProperty("format_version", FORMAT);
        rdf.addProperty("name", name());
        rdf.addProperty("description", spec.identity().description());
        rdf.add(
                "authors",
                array(about.authors().stream()
                        .map(author -> object("name", author))
                        .toList()));
        rdf.add("cite", array(List.of(cited())));
        rdf.addProperty("license", about.licence());
        rdf.add("tags", array(tags().stream().map(JsonPrimitive::new).toList()));
        rdf.addProperty("documentation", DOCUMENTATION);
        rdf.add("covers", array(List.of(new JsonPrimitive(COVER))));
        rdf.addProperty("timestamp", about.time());
        rdf.add("inputs", array(List.of(input())));
        rdf.add("outputs", array(List.of(output())));
        JsonObject weights = new JsonObject();
        weights.add("pytorch_state_dict", weights());
        rdf.add("weights", weights);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(rdf) + "\n";
    }

    /** Names there have letters, digits, spaces, {@code _ - ( )}. */
    private String name() {
        String plain = ("TransFuse " + spec.identity().title())
                .replaceAll("[^\\w ()-]+", " ")
                .strip();
        return plain.substring(0, Math.min(MAX_NAME, plain.length()));
    }

    private static JsonObject cited() {
        JsonObject cited = new JsonObject();
        cited.addProperty(
                "text",
                "Zhang, Liu, Hu: TransFuse: Fusing Transformers and CNNs for Medical Image Segmentation. MICCAI 2021");
        cited.addProperty("doi", "10.1007/978-3-030-87193-2_2");
        return cited;
    }

    private List<String> tags() {
        List<String> tags = new ArrayList<>(List.of("transfuse", "pytorch", "2d"));
        boolean objects = spec.output().kind() != OutputSpec.Kind.CLASSES;
        tags.add(objects ? "instance-segmentation" : "semantic-segmentation");
        spec.output().classes().forEach(each -> tags.add(each.name()));
        return tags;
    }

    private JsonObject input() {
        JsonObject input = tensor("image", INPUT);
        JsonArray axes = new JsonArray();
        axes.add(object("type", "batch"));
        axes.add(channels(IntStream.range(0, spec.network().channels())
                .mapToObj(c -> spec.network().channels() == 3
                        ? List.of("red", "green", "blue").get(c)
                        : "channel" + c)
                .toList()));
        axes.add(space("y", 0));
        axes.add(space("x", 1));
        input.add("axes", axes);
        input.add("data", values(0, WHITE));
        input.add("preprocessing", preprocessing());
        return input;
    }

    private JsonObject space(String id, int place) {
        JsonObject axis = object("type", "space");
        axis.addProperty("id", id);
        InputSpec input = spec.input();
        if (input.rule() == InputSpec.Rule.TILE) {
            JsonObject size = new JsonObject();
            size.addProperty("min", Math.min(LEAST_TILE, input.size().get(place)));
            size.addProperty("step", STEP);
            axis.add("size", size);
        } else {
            axis.addProperty("size", input.size().get(place));
        }
        if (input.sampling().pixelSize().isPresent()
                && "micron".equals(input.sampling().unit())) {
            axis.addProperty("scale", input.sampling().pixelSize().get().get(place));
            axis.addProperty("unit", "micrometer");
        }
        return axis;
    }

    private JsonObject output() {
        JsonObject output = tensor("probabilities", OUTPUT);
        List<String> names = new ArrayList<>();
        if (spec.output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            names.addAll(List.of("background", "interior", "boundary"));
        } else {
            spec.output().classes().forEach(each -> names.add(each.name()));
            if (spec.network().classes() > names.size()) {
                names.add(0, "background");
            }
        }
        JsonArray axes = new JsonArray();
        axes.add(object("type", "batch"));
        axes.add(channels(names));
        axes.add(same("y"));
        axes.add(same("x"));
        output.add("axes", axes);
        output.add("data", values(0, 1));
        return output;
    }

    private static JsonObject same(String id) {
        JsonObject axis = object("type", "space");
        axis.addProperty("id", id);
        JsonObject size = object("tensor_id", "image");
        size.addProperty("axis_id", id);
        axis.add("size", size);
        return axis;
    }

    private JsonObject tensor(String id, String file) {
        JsonObject tensor = object("id", id);
        tensor.add("test_tensor", source(file));
        return tensor;
    }

    private static JsonObject channels(List<String> names) {
        JsonObject axis = object("type", "channel");
        axis.add("channel_names", array(names.stream().map(JsonPrimitive::new).toList()));
        return axis;
    }

    private static JsonObject values(double least, double most) {
        JsonObject data = object("type", "float32");
        data.add("range", numbers(List.of(least, most)));
        return data;
    }

    private JsonArray preprocessing() {
        Normalization rule = spec.input().normalization();
        JsonArray steps = new JsonArray();
        switch (rule.kind()) {
            case FIXED -> steps.add(linear(1 / WHITE, 0));
            case WINDOW -> {
                double range = rule.high() - rule.low();
                JsonObject limits = number("min", rule.low());
                limits.addProperty("max", rule.high());
                steps.add(step("clip", limits));
                steps.add(linear(1 / range, -rule.low() / range));
            }
            case PERCENTILE -> {
                JsonObject range = inPlane();
                range.addProperty("min_percentile", rule.low());
                range.addProperty("max_percentile", rule.high());
                steps.add(step("scale_range", range));
            }
            case ZSCORE -> steps.add(step("zero_mean_unit_variance", inPlane()));
        }
        if (!rule.mean().isEmpty()) {
            JsonObject numbers = new JsonObject();
            numbers.add("mean", numbers(rule.mean()));
            numbers.add("std", numbers(rule.std()));
            numbers.addProperty("axis", "channel");
            steps.add(step("fixed_zero_mean_unit_variance", numbers));
        }
        return steps;
    }

    /** Each channel by itself. */
    private static JsonObject inPlane() {
        JsonObject options = number("eps", EPS);
        options.add("axes", array(List.of(new JsonPrimitive("y"), new JsonPrimitive("x"))));
        return options;
    }

    private static JsonObject linear(double gain, double offset) {
        JsonObject numbers = number("gain", gain);
        numbers.addProperty("offset", offset);
        return step("scale_linear", numbers);
    }

    private static JsonObject step(String id, JsonObject options) {
        JsonObject step = object("id", id);
        step.add("kwargs", options);
        return step;
    }

    private JsonObject weights() {
        JsonObject weights = source(WEIGHTS);
        JsonObject architecture = source(NETWORK);
        architecture.addProperty("callable", "Probabilities");
        JsonObject options = object("variant", spec.network().variant().name());
        options.addProperty("classes", spec.network().classes());
        options.addProperty("cin", spec.network().channels());
        options.addProperty("align", spec.network().alignCorners());
        options.add(
                "grid",
                array(spec.network().variant().transformer().grid().stream()
                        .map(JsonPrimitive::new)
                        .toList()));
        architecture.add("kwargs", options);
        weights.add("architecture", architecture);
        weights.addProperty("pytorch_version", "2.0.0");
        return weights;
    }

    private JsonObject source(String file) {
        JsonObject source = object("source", file);
        source.addProperty("sha256", sums.get(file));
        return source;
    }

    private static JsonObject object(String key, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    private static JsonObject number(String key, double value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    private static JsonArray numbers(List<Double> values) {
        return array(values.stream().map(JsonPrimitive::new).toList());
    }

    private static JsonArray array(List<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
