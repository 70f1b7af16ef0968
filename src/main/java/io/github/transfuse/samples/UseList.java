package io.github.transfuse.samples;

import io.github.transfuse.files.CsvCell;
import io.github.transfuse.files.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A CSV file with the heading {@value #HEADER}: what each image is used for. Those that test are neither learned nor judge.
 *
 * @param uses by the names of images
 */
public record UseList(Map<String, Use> uses) {
    static final String HEADER = "name,use";

    /** Copies the map, sorted by names. */
    public UseList {
        uses = new TreeMap<>(uses);
    }

    /** What an image is used for. */
    public enum Use {
        /** It is learned. */
        TRAINING,
        /** It chooses the best weights. */
        VALIDATION,
        /** It is left out. */
        TEST
    }

    /** Whether a file has the heading, in quotes or not, with a comma, semicolon or tab, as spreadsheets write them. */
    static boolean is(Path file) throws IOException {
        List<String> lines = TextLines.of(file);
        return !lines.isEmpty()
                && lines.get(0)
                        .replace("\"", "")
                        .replaceFirst("\\s*[,;\t]\\s*", ",")
                        .strip()
                        .equalsIgnoreCase(HEADER);
    }

    /**
     * Reads a file.
     *
     * @throws SamplesException if a line is not of an image and its use, or an image has two
     * @throws IOException if it cannot be read
     */
    public static UseList read(Path file) throws IOException {
        Map<String, Use> uses = new TreeMap<>();
        List<String> lines = TextLines.of(file);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            int comma = Math.max(line.lastIndexOf(','), Math.max(line.lastIndexOf(';'), line.lastIndexOf('\t')));
            if (line.isBlank()) {
                continue;
            }
            try {
                Use use = Use.valueOf(
                        line.substring(comma + 1).replace("\"", "").strip().toUpperCase(Locale.ROOT));
                if (comma < 0 || uses.put(name(line.substring(0, comma).strip()), use) != null) {
                    throw new IllegalArgumentException(line);
                }
            } catch (IllegalArgumentException e) {
                throw new SamplesException(file + " has the line '" + line
                        + "'. Give every image one line 'name,use', where use" + " is training, validation or test.");
            }
        }
        return new UseList(uses);
    }

    /** Cells as {@link CsvCell} writes them. */
    private static String name(String cell) {
        String plain = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                : cell;
        return plain.matches("'[=+\\-@].*") ? plain.substring(1) : plain;
    }

    /** The file. */
    public String text() {
        return uses.entrySet().stream()
                .map(use ->
                        CsvCell.of(use.getKey()) + "," + use.getValue().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    /** The pairs of a use. */
    public List<Pair> of(List<Pair> pairs, Use use) {
        return pairs.stream().filter(pair -> uses.get(pair.stem()) == use).toList();
    }

    /** @throws SamplesException if an image has no use, or none is left to learn from or to judge */
    Split split(List<Pair> pairs, Path file) {
        return byStems(ListedNames.of(pairs), file).splitByStems(pairs, file);
    }

    /** @throws SamplesException if two lines mean one image, once with its extension and once without */
    private UseList byStems(ListedNames names, Path file) {
        Map<String, Use> byStems = new TreeMap<>();
        uses.forEach((name, use) -> {
            if (byStems.put(names.stem(name), use) != null) {
                throw new SamplesException(
                        file + " has two lines for '" + names.stem(name) + "'. Give every image one line 'name,use'.");
            }
        });
        return new UseList(byStems);
    }

    private Split splitByStems(List<Pair> pairs, Path file) {
        TreeSet<String> unknown = pairs.stream()
                .map(Pair::stem)
                .filter(stem -> !uses.containsKey(stem))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new SamplesException(
                    file + " has no use for:", new ArrayList<>(unknown), "Give every image a line 'name,use'.");
        }
        List<Pair> training = of(pairs, Use.TRAINING);
        List<Pair> validation = of(pairs, Use.VALIDATION);
        if (training.isEmpty() || validation.isEmpty()) {
            throw new SamplesException(file + " names no image for " + (training.isEmpty() ? "training" : "validation")
                    + ". Name at least one.");
        }
        return Split.chosen(
                training,
                validation,
                "validation: " + validation.size() + " of " + pairs.size() + " images, and "
                        + of(pairs, Use.TEST).size() + " are left out to test, as " + file.getFileName() + " says");
    }
}
