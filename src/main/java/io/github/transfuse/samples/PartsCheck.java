package io.github.transfuse.samples;

import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.CRC32;

/** What makes the figures of a training worth less than they seem: looked for before it starts, and told. */
final class PartsCheck {
    private static final int BYTE = 8;

    private PartsCheck() {}

    /**
     * Sentences about the masks of a split.
     *
     * @param classes in the mask of a pair, the background as 0
     * @param output of the model, for the names of its classes
     */
    static List<String> ofMasks(Split split, Function<Pair, Set<Integer>> classes, OutputSpec output) {
        Set<Integer> learned = classesOf(split.training(), classes);
        Set<Integer> judged = classesOf(split.validation(), classes);
        if (judged.isEmpty()) {
            return List.of(
                    "No validation mask has any foreground: these images cannot tell whether the model has learned."
                            + " Name others with validation.");
        }
        learned.removeAll(judged);
        return learned.isEmpty()
                ? List.of()
                : List.of("No validation mask has "
                        + String.join(
                                ", ",
                                learned.stream()
                                        .map(index -> name(index, output))
                                        .toList())
                        + ": the figures say nothing of it. Name images that have it with validation.");
    }

    private static Set<Integer> classesOf(List<Pair> pairs, Function<Pair, Set<Integer>> classes) {
        Set<Integer> all = new TreeSet<>();
        pairs.forEach(pair -> all.addAll(classes.apply(pair)));
        all.remove(0);
        return all;
    }

    private static String name(int index, OutputSpec output) {
        return index <= output.classes().size()
                ? "the class " + output.classes().get(index - 1).name()
                : "the class " + index;
    }

    /** A sentence about images that are learned and judge at once, whatever their files are called; empty if there are none. */
    static List<String> ofImages(List<Example> training, List<Example> validation) {
        Map<Long, String> learned = new LinkedHashMap<>();
        training.forEach(example -> learned.putIfAbsent(checksum(example), example.stem()));
        List<String> twice = new ArrayList<>();
        for (Example example : validation) {
            String same = learned.get(checksum(example));
            if (same != null) {
                twice.add(example.stem() + " is " + same);
            }
        }
        if (twice.isEmpty()) {
            return List.of();
        }
        return List.of("The same image is learned and judges (" + ImageNotes.shown(twice)
                + "): the figures are too good. Remove one of each two.");
    }

    /** A sentence about patients whose scans are learned and judge at once; empty if there are none. */
    static List<String> ofPatients(Split split) throws IOException {
        List<String> both = Patients.onBothSides(split).entrySet().stream()
                .map(pair -> pair.getValue() + " and " + pair.getKey())
                .toList();
        return both.isEmpty()
                ? List.of()
                : List.of(
                        "Scans of one patient are learned and judge (" + ImageNotes.shown(both)
                                + "): the figures are too good. Leave validation at auto, or give a CSV file of name and group.");
    }

    /**
     * A sentence about images that their names call parts of one case, and that are learned and judge at once; empty if there
     * are none, or what belongs together is known.
     */
    static List<String> ofNames(Split split) {
        boolean known = split.units().entrySet().stream()
                .anyMatch(unit -> !unit.getValue().equals(PartNames.imageOf(unit.getKey())));
        List<String> both = known
                ? List.of()
                : NameGroups.onBothSides(split).entrySet().stream()
                        .map(pair -> pair.getValue() + " and " + pair.getKey())
                        .toList();
        return both.isEmpty()
                ? List.of()
                : List.of("By their names, images that are learned and images that judge are of one case ("
                        + ImageNotes.shown(both)
                        + "): if so, the figures are too good. Give validation=FILE.csv with lines of name and group.");
    }

    static long checksum(Example example) {
        CRC32 crc = new CRC32();
        Picture image = example.image();
        update(crc, image.height());
        update(crc, image.width());
        int count = image.plane() * image.channels();
        for (int i = 0; i < count; i++) {
            update(crc, Float.floatToIntBits(image.at(i)));
        }
        return crc.getValue();
    }

    private static void update(CRC32 crc, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += BYTE) {
            crc.update(value >> shift);
        }
    }
}
