package io.github.transfuse.model;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the text of {@code model.json}. Every field is described in {@code docs/model-format.md}. */
final class SpecReader {
    private static final String GET_AGAIN = " Correct it, or get the model again.";

    private SpecReader() {}

    /**
     * What a {@code model.json} says.
     *
     * @param spec the model's specification
     * @param sha256 checksum of the weights, lower-case hexadecimal
     */
    record Description(ModelSpec spec, String sha256) {}

    /**
     * Reads a specification.
     *
     * @param file where the text is from, for messages
     * @throws ModelFormatException naming the file and the field at fault
     */
    static Description read(String file, String text) throws ModelFormatException {
        JsonObject json = parse(file, text);
        Fields fields = new Fields(file, json);
        checkVersion(file, fields);
        try {
            ModelSpec spec = spec(fields, ModelHistory.empty());
            checkCounts(fields, spec);
            String sha256 = sha256(fields.fields("weights"));
            JsonObject unknown = UnknownFields.of(json, SpecWriter.json(spec, sha256));
            ModelSpec described = spec.withHistory(history(fields, unknown));
            checkMaskValues(fields, described);
            return new Description(described, sha256);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file + ": " + e.getMessage() + GET_AGAIN, e);
        }
    }

    private static JsonObject parse(String file, String text) throws ModelFormatException {
        try (JsonReader reader = StrictJson.reader(text)) {
            JsonElement element = new Gson().getAdapter(JsonElement.class).read(reader);
            if (!element.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
                throw new ModelFormatException(file + ": one JSON object is expected." + GET_AGAIN);
            }
            return element.getAsJsonObject();
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new ModelFormatException(
                    file + ": this is not valid JSON (" + StrictJson.reason(e) + ")." + GET_AGAIN, e);
        }
    }

    private static void checkVersion(String file, Fields fields) throws ModelFormatException {
        int version = fields.whole("format_version");
        if (version > ModelSpec.FORMAT_VERSION) {
            throw new ModelFormatException(file + ": the model has format version " + version
                    + ", but this plugin reads versions up to " + ModelSpec.FORMAT_VERSION + ". Update the plugin.");
        }
        if (version < 1) {
            throw fields.wrong("format_version", "at least 1");
        }
    }

    private static ModelSpec spec(Fields fields, ModelHistory history) throws ModelFormatException {
        Identity identity = new Identity(
                fields.text("name"), fields.text("title"), fields.text("description"), fields.text("licence"));
        return new ModelSpec(
                identity,
                network(fields.fields("network")),
                input(fields.fields("input")),
                output(fields.fields("output")),
                history);
    }

    private static NetworkSpec network(Fields fields) throws ModelFormatException {
        Variant variant = Variant.of(fields.text("variant"));
        Scales scales = scales(fields, variant.scales());
        List<Integer> grid = fields.wholes("position_grid");
        int blocks = fields.whole("transformer_blocks");
        if (grid.size() != scales.axes() || grid.stream().anyMatch(tokens -> tokens < 1)) {
            throw fields.wrong(
                    "position_grid",
                    scales.axes() == 2
                            ? "two positive numbers, rows and columns"
                            : "three positive numbers: depth, rows and columns");
        }
        if (blocks < 1) {
            throw fields.wrong("transformer_blocks", "at least 1");
        }
        Variant stored = variant.withScales(scales, grid).withBlocks(blocks);
        return new NetworkSpec(stored, fields.whole("channels"), fields.whole("classes"), fields.flag("align_corners"));
    }

    /** Those of the variant where the file does not say otherwise. */
    private static Scales scales(Fields fields, Scales ofVariant) throws ModelFormatException {
        List<Integer> patch = fields.has("patch_size") ? fields.wholes("patch_size") : ofVariant.patch();
        List<Integer> stem = fields.has("stem_stride") ? fields.wholes("stem_stride") : ofVariant.stem();
        Scales scales = new Scales(patch, stem);
        boolean fixed = ofVariant.axes() == 2 && !scales.equals(ofVariant);
        if (fixed || scales.axes() != ofVariant.axes()) {
            throw fields.wrong("patch_size", fixed ? "[16, 16] for planes" : "three numbers: z, y and x");
        }
        return scales;
    }

    private static InputSpec input(Fields fields) throws ModelFormatException {
        InputSpec.Sampling sampling = new InputSpec.Sampling(
                fields.has("pixel_size") ? Optional.of(fields.numbers("pixel_size")) : Optional.empty(),
                fields.text("unit"),
                fields.choice("mode", InputSpec.Mode.values()),
                fields.whole("context"),
                orientation(fields));
        InputSpec input = new InputSpec(
                fields.choice("rule", InputSpec.Rule.values()),
                fields.wholes("size"),
                fields.number("overlap"),
                normalization(fields.fields("normalization")),
                sampling);
        if (input.size().size() < 2 || input.size().size() > 3) {
            throw fields.wrong("size", "two or three numbers: (z,) y, x");
        }
        checkPixelSize(fields, input);
        return input;
    }

    private static Optional<String> orientation(Fields fields) throws ModelFormatException {
        if (!fields.has("orientation")) {
            return Optional.empty();
        }
        String letters = fields.text("orientation");
        if (!InputSpec.Sampling.isOrientation(letters)) {
            throw fields.wrong("orientation", "three letters, one each of R or L, A or P, S or I, such as \"RAS\"");
        }
        return Optional.of(letters);
    }

    private static void checkPixelSize(Fields fields, InputSpec input) throws ModelFormatException {
        List<Double> size = input.sampling().pixelSize().orElse(List.of());
        boolean fits = size.isEmpty() || size.size() == input.size().size();
        if (!fits || size.stream().anyMatch(length -> length <= 0)) {
            throw fields.wrong("pixel_size", "as many positive numbers as 'size' has");
        }
    }

    private static Normalization normalization(Fields fields) throws ModelFormatException {
        Normalization normalization = new Normalization(
                fields.choice("kind", Normalization.Kind.values()),
                fields.numbers("mean"),
                fields.numbers("std"),
                fields.number("low"),
                fields.number("high"));
        if (normalization.mean().size() != normalization.std().size()
                || normalization.std().stream().anyMatch(std -> std <= 0)) {
            throw fields.wrong("std", "as many positive numbers as 'mean' has");
        }
        if (normalization.kind() == Normalization.Kind.WINDOW) {
            if (!(normalization.low() < normalization.high())) {
                throw fields.wrong("low", "a value below 'high'");
            }
        } else if (normalization.low() < 0
                || normalization.low() >= normalization.high()
                || normalization.high() > 100) {
            throw fields.wrong("low", "a percentile below 'high', both in [0, 100]");
        }
        return normalization;
    }

    private static OutputSpec output(Fields fields) throws ModelFormatException {
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        for (Fields each : fields.objects("classes")) {
            classes.add(new OutputSpec.ClassSpec(each.text("name"), color(each)));
        }
        return new OutputSpec(
                classes,
                fields.choice("kind", OutputSpec.Kind.values()),
                fields.number("threshold"),
                fields.whole("min_size"),
                fields.flag("fill_holes"),
                splitDepth(fields));
    }

    private static double splitDepth(Fields fields) throws ModelFormatException {
        double depth = fields.has("split_depth") ? fields.number("split_depth") : 0;
        if (!(depth >= 0 && depth < Double.POSITIVE_INFINITY)) {
            throw fields.wrong("split_depth", "a number of pixels, 0 or more");
        }
        return depth;
    }

    private static int color(Fields fields) throws ModelFormatException {
        String color = fields.text("color");
        if (!color.matches("#[0-9a-fA-F]{6}")) {
            throw fields.wrong("color", "a colour such as \"#ff8800\"");
        }
        return Integer.parseInt(color.substring(1), 16);
    }

    private static String sha256(Fields weights) throws ModelFormatException {
        String sha256 = weights.text("sha256");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw weights.wrong("sha256", "64 lower-case hexadecimal digits");
        }
        return sha256;
    }

    private static ModelHistory history(Fields fields, JsonObject unknown) throws ModelFormatException {
        return new ModelHistory(
                fields.optionalJson("training"),
                fields.optionalJson("metrics"),
                fields.optionalJson("checks"),
                unknown);
    }

    /** One for the background and each class. */
    private static void checkMaskValues(Fields fields, ModelSpec spec) throws ModelFormatException {
        int expected = spec.output().classes().size() + 1;
        Optional<MaskValues> values = spec.history().maskValues();
        if (values.isPresent() && values.get().values().size() != expected) {
            throw fields.fields("training")
                    .wrong(MaskValues.KEY, "a list of " + expected + ": the background and the classes");
        }
    }

    /** Lists that must fit the network's numbers of channels and classes. */
    private static void checkCounts(Fields fields, ModelSpec spec) throws ModelFormatException {
        int listed = spec.output().classes().size();
        int foreground = Math.max(1, spec.network().classes() - 1);
        if (spec.output().kind() != OutputSpec.Kind.BOUNDARY_INSTANCES && listed != foreground) {
            throw fields.fields("output")
                    .wrong(
                            "classes",
                            "a list of " + foreground + " because network.classes is "
                                    + spec.network().classes());
        }
        int means = spec.input().normalization().mean().size();
        if (means > 0 && spec.network().channels() % means != 0) {
            throw fields.fields("input").fields("normalization").wrong("mean", "one number per input channel");
        }
    }
}
