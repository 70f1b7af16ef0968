package io.github.transfuse.samples;

import io.github.transfuse.files.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the split that the setting {@code validation} asks for: {@code auto}, which keeps {@link Patients} together, a folder that holds {@code images} and
 * {@code masks}, a text file of stems that validate, or a CSV file of stem and group, where a group is everything of one
 * patient, sequence or case.
 */
public final class Splitting {

    static final String AUTO = "auto";

    private Splitting() {}

    /**
     * Splits pairs.
     *
     * @param validation the setting
     * @throws SamplesException if it names nothing usable
     * @throws IOException if its file or folder cannot be read
     */
    public static Split of(String validation, List<Pair> pairs) throws IOException {
        if (validation.isBlank() || AUTO.equalsIgnoreCase(validation.trim())) {
            return HeldBack.of(pairs, Patients.of(pairs));
        }
        Path path = Path.of(validation.trim());
        if (Files.isDirectory(path)) {
            return folder(path, pairs);
        }
        if (!Files.isRegularFile(path)) {
            throw new SamplesException("validation=" + validation + " is neither auto nor an existing file or folder."
                    + " Give auto, a folder with 'images' and 'masks' in it, a text file of names, or a CSV file of name"
                    + " and group.");
        }
        boolean csv = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        if (csv && UseList.is(path)) {
            return UseList.read(path).split(pairs, path);
        }
        return csv
                ? HeldBack.ofGroups(
                        pairs, groups(path, pairs)::get, path.getFileName().toString())
                : stems(path, pairs);
    }

    private static Split folder(Path folder, List<Pair> pairs) throws IOException {
        List<Pair> validating = Pairing.of(folder.resolve("images"), folder.resolve("masks"));
        return Split.chosen(pairs, validating, "validation: all pairs in folder " + folder.getFileName());
    }

    private static Split stems(Path file, List<Pair> pairs) throws IOException {
        ListedNames names = ListedNames.of(pairs);
        Set<String> wanted = new TreeSet<>();
        for (String line : TextLines.of(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                wanted.add(names.stem(line.trim()));
            }
        }
        Set<String> unknown = new TreeSet<>(wanted);
        pairs.forEach(pair -> unknown.remove(pair.stem()));
        requireNone(
                unknown, file + " names images that do not exist:", "Correct the list: one name of an image a line.");
        return Split.chosen(
                pairs.stream().filter(p -> !wanted.contains(p.stem())).toList(),
                requireSome(
                        pairs.stream().filter(p -> wanted.contains(p.stem())).toList(), pairs.size(), file),
                "validation: the names in " + file.getFileName());
    }

    private static List<Pair> requireSome(List<Pair> validating, int all, Path file) {
        if (validating.isEmpty() || validating.size() == all) {
            throw new SamplesException(file + " names " + (validating.isEmpty() ? "none" : "all") + " of the " + all
                    + " images. Name some for validation and leave some to learn from.");
        }
        return validating;
    }

    /** The group of each stem. */
    static Map<String, String> groups(Path file, List<Pair> pairs) throws IOException {
        ListedNames names = ListedNames.of(pairs);
        Map<String, String> groups = new HashMap<>();
        for (String line : TextLines.of(file)) {
            String[] fields = line.replace("\"", "").split("[,;\t]", -1);
            if (fields.length >= 2) {
                String name = names.stem(fields[0].trim());
                String before = groups.put(name, fields[1].trim());
                if (before != null && !before.equals(fields[1].trim())) {
                    throw new SamplesException(file + " puts '" + name + "' into two groups, '" + before + "' and '"
                            + fields[1].trim() + "'. Keep one of the lines.");
                }
            }
        }
        Set<String> unknown = pairs.stream()
                .map(Pair::stem)
                .filter(stem -> !groups.containsKey(stem))
                .collect(Collectors.toSet());
        requireNone(new TreeSet<>(unknown), file + " has no group for:", "Give every image a line 'name,group'.");
        return groups;
    }

    static void requireNone(Set<String> unknown, String what, String remedy) {
        if (!unknown.isEmpty()) {
            throw new SamplesException(what, new ArrayList<>(unknown), remedy);
        }
    }
}
