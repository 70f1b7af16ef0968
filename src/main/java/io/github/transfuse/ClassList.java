package io.github.transfuse;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and colours of classes, from {@value #FILE} beside the folder of masks. A line holds the value in masks (1, 2 and
 * so on), the name and the colour {@code 0xRRGGBB}, separated by tabs; sets exported from QuPath have it.
 */
final class ClassList {
    static final String FILE = "classes.txt";

    private static final Pattern LINE = Pattern.compile("([0-9]+)\\t([^\\t]+)\\t0x([0-9a-fA-F]{6})");

    private ClassList() {}

    /**
     * The classes that belong to masks.
     *
     * @param masks folder of masks
     * @return in the order of their values; empty if there is no list
     * @throws SamplesException if the list cannot be understood
     */
    static Optional<List<OutputSpec.ClassSpec>> beside(Path masks) throws IOException {
        Path file = masks.toAbsolutePath().normalize().resolveSibling(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (!line.isBlank()) {
                classes.add(parse(line, classes.size() + 1, file));
            }
        }
        return Optional.of(classes);
    }

    private static OutputSpec.ClassSpec parse(String line, int value, Path file) {
        Matcher columns = LINE.matcher(line);
        if (!columns.matches() || !columns.group(1).equals(Integer.toString(value))) {
            throw new SamplesException("The class list " + file + " holds '" + line
                    + "' where it should have the value " + value
                    + ", a name and a colour such as 0xff0000, separated by tabs. Correct it, or remove the file.");
        }
        return new OutputSpec.ClassSpec(columns.group(2), Integer.parseInt(columns.group(3), 16));
    }
}
