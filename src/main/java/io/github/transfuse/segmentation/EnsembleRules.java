package io.github.transfuse.segmentation;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** In what models must agree to answer together, and what is told where they need not. */
final class EnsembleRules {

    private static final List<Rule> RULES = List.of(
            new Rule("channels", spec -> Integer.toString(spec.imageChannels())),
            new Rule("kind of output", spec -> word(spec.output().kind())),
            new Rule("classes", EnsembleRules::classes),
            new Rule("values of masks", spec -> spec.history()
                    .maskValues()
                    .map(values -> String.join(", ", values.shown()))
                    .orElse("0 and up")),
            new Rule(
                    "orientation of volumes",
                    spec -> spec.input().sampling().orientation().orElse("as the file lies")));

    private EnsembleRules() {}

    private record Rule(String name, Function<ModelSpec, String> value) {}

    /** @throws SettingException if they cannot answer together, or one of them is named twice */
    static void requireAgreement(List<ModelFolder> models) {
        ModelFolder first = models.get(0);
        for (int i = 1; i < models.size(); i++) {
            ModelFolder other = models.get(i);
            for (int j = 0; j < i; j++) {
                if (models.get(j).path().toAbsolutePath().equals(other.path().toAbsolutePath())) {
                    throw new SettingException("model = ... + ...: " + other.path() + " is named twice. Name it once.");
                }
            }
            for (Rule rule : RULES) {
                String here = rule.value.apply(first.spec());
                String there = rule.value.apply(other.spec());
                if (!here.equals(there)) {
                    List<String> names = names(List.of(first, other));
                    throw new SettingException("The models " + names.get(0) + " and " + names.get(1)
                            + " cannot be used together: their " + rule.name + " differ (" + here + "; " + there
                            + "). Join only models that were trained for the same task.");
                }
            }
        }
    }

    private static String classes(ModelSpec spec) {
        return String.join(
                ", ",
                spec.output().classes().stream().map(OutputSpec.ClassSpec::name).toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Their names; where two have the same, with their folders. */
    static List<String> names(List<ModelFolder> models) {
        List<String> names =
                models.stream().map(model -> model.spec().identity().name()).toList();
        return names.stream().distinct().count() == names.size()
                ? names
                : models.stream().map(model -> model.path().toString()).toList();
    }

    /** That labels are made by the rules of the first, where others have different ones. */
    static Optional<String> differences(List<ModelFolder> models) {
        List<String> differing = new ArrayList<>();
        add(differing, "threshold", models, output -> output.classes().size() > 1 ? 0.5 : output.threshold());
        add(differing, "min_size", models, OutputSpec::minSize);
        add(differing, "fill_holes", models, OutputSpec::fillHoles);
        add(differing, "split_depth", models, OutputSpec::splitDepth);
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of("The models have different " + String.join(", ", differing) + ": those of "
                        + names(models).get(0) + " are taken.");
    }

    private static void add(
            List<String> differing, String name, List<ModelFolder> models, Function<OutputSpec, Object> value) {
        long values = models.stream()
                .map(model -> value.apply(model.spec().output()))
                .distinct()
                .count();
        if (values > 1) {
            differing.add(name);
        }
    }

    /** What keeps models from taking numbers or tiles of the first. */
    static Optional<String> otherEyes(List<ModelFolder> models, boolean tiles) {
        InputSpec first = models.get(0).spec().input();
        boolean same = models.stream()
                .map(model -> model.spec().input())
                .allMatch(input ->
                        tiles ? input.equals(first) : input.normalization().equals(first.normalization()));
        return same
                ? Optional.empty()
                : Optional.of("The models " + String.join(", ", names(models)) + " see images in different ways ("
                        + (tiles ? "tiles, pixel size or normalization" : "normalization")
                        + "), so that they cannot share "
                        + (tiles ? "the parts of a slide" : "numbers of several images")
                        + ". Segment with one of them at a time.");
    }
}
