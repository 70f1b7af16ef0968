package io.github.transfuse.evaluation;

import io.github.transfuse.image.SegmentNames;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Pair;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Masks that name their values: numbered in another order than the model's classes, they would be scored wrongly. */
final class NamedSegments {
    private NamedSegments() {}

    /**
     * What is told where masks name their values, but no name is one of the model's classes: values tell then.
     *
     * @throws IOException if a mask cannot be read
     */
    static Optional<String> note(List<Pair> pairs, OutputSpec output) throws IOException {
        Set<String> classes = output.classes().stream()
                .map(OutputSpec.ClassSpec::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> others = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            if (output.kind() == OutputSpec.Kind.CLASSES && SegmentNames.is(pair.mask())) {
                SegmentNames.of(pair.mask()).values().stream()
                        .map(SegmentNames.Segment::name)
                        .filter(name -> classes.stream().noneMatch(name::equalsIgnoreCase))
                        .forEach(others::add);
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("The masks name values " + String.join(", ", others)
                        + ", which are no names of the model's classes (" + String.join(", ", classes)
                        + "): these are compared by their numbers.");
    }

    /**
     * Accepts masks whose names of values, where they are names of the model's classes, stand at the numbers of these.
     *
     * @throws UnsupportedImageException naming the first mask in which they do not
     * @throws IOException if a mask cannot be read
     */
    static void require(List<Pair> pairs, OutputSpec output) throws IOException {
        List<String> classes = output.classes().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        for (Pair pair : pairs) {
            if (output.kind() != OutputSpec.Kind.CLASSES || !SegmentNames.is(pair.mask())) {
                continue;
            }
            for (Map.Entry<Integer, SegmentNames.Segment> segment :
                    SegmentNames.of(pair.mask()).entrySet()) {
                String name = segment.getValue().name();
                int number = 1 + classes.indexOf(name.toLowerCase(Locale.ROOT));
                if (number > 0 && number != segment.getKey()) {
                    throw new UnsupportedImageException(
                            pair.mask(),
                            "its value " + segment.getKey() + " is named " + name + ", which is class " + number
                                    + " of the model",
                            "Number the segments in the order of the model's classes: "
                                    + String.join(
                                            ", ",
                                            output.classes().stream()
                                                    .map(OutputSpec.ClassSpec::name)
                                                    .toList())
                                    + ".");
                }
            }
        }
    }
}
