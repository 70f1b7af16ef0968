package io.github.transfuse.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.transfuse.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of a model's {@code README.md}, made from its specification only, so that the two cannot disagree. */
final class ModelCard {
    /** Fields of {@code training} that have a place of their own in the card. */
    private static final Set<String> PLACED = Set.of("command", "seed", "data", MaskValues.KEY);

    private static final String UNKNOWN = "not recorded";

    private final ModelSpec spec;
    private final StringBuilder text = new StringBuilder();

    private ModelCard(ModelSpec spec) {
        this.spec = spec;
    }

    static String text(ModelSpec spec, String sha256) {
        return new ModelCard(spec).render(sha256);
    }

    private String render(String sha256) {
        Identity identity = spec.identity();
        line("# " + identity.title());
        paragraph(identity.description());
        section("How to run it");
        paragraph("    transfuse segment --model " + identity.name() + " --input IMAGE --output FOLDER");
        section("Licence");
        paragraph(identity.licence());
        network();
        training();
        section("Metrics");
        rows(spec.history().metrics(), Set.of());
        section("Checks");
        rows(ActivationRanges.without(spec.history().checks()), Set.of());
        section("Weights");
        paragraph("`" + ModelFolder.WEIGHTS + "`, SHA-256 `" + sha256 + "`");
        return text.toString();
    }

    private void network() {
        section("Network");
        NetworkSpec network = spec.network();
        InputSpec input = spec.input();
        item(
                "variant",
                network.variant().name() + ", " + network.channels() + " input channel(s), " + network.classes()
                        + " output channel(s)");
        item(
                "classes",
                spec.output().classes().stream().map(OutputSpec.ClassSpec::name).collect(Collectors.joining(", ")));
        item("input", Fields.word(input.rule()) + ", size " + input.size() + " (y, x)");
        item(
                "pixel size",
                input.sampling()
                        .pixelSize()
                        .map(size -> size + " " + input.sampling().unit())
                        .orElse("images are taken as they are"));
        input.sampling()
                .orientation()
                .ifPresent(letters -> item("orientation", letters + " (to where x, y and z of its volumes point)"));
        item("normalisation", Fields.word(input.normalization().kind()));
        line("");
    }

    private void training() {
        JsonObject training = spec.history().training();
        section("Data");
        paragraph(recorded(training, "data"));
        spec.history().maskValues().ifPresent(values -> paragraph("Values in masks: " + meanings(values) + "."));
        section("Training");
        item("seed", recorded(training, "seed"));
        line("- command:");
        line("");
        paragraph("      " + recorded(training, "command"));
        rows(training, PLACED);
    }

    private String meanings(MaskValues values) {
        List<String> names = new ArrayList<>(List.of("background"));
        spec.output().classes().forEach(each -> names.add(each.name()));
        return IntStream.range(0, names.size())
                .mapToObj(i -> values.shown().get(i) + " = " + names.get(i))
                .collect(Collectors.joining(", "));
    }

    private static String recorded(JsonObject json, String key) {
        return json.has(key) ? value(json.get(key)) : UNKNOWN;
    }

    private void rows(JsonObject json, Set<String> except) {
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            if (!except.contains(entry.getKey())) {
                item(entry.getKey(), value(entry.getValue()));
            }
        }
        paragraph(json.isEmpty() && except.isEmpty() ? UNKNOWN : "");
    }

    private static String value(JsonElement element) {
        return element.isJsonPrimitive() ? element.getAsString() : "`" + element + "`";
    }

    private void section(String title) {
        line("## " + title);
    }

    private void item(String name, String value) {
        line("- " + name + ": " + value);
    }

    private void paragraph(String content) {
        line(content);
        if (!content.isEmpty()) {
            line("");
        }
    }

    private void line(String content) {
        text.append(content).append('\n');
    }
}
