package io.github.transfuse.cli;

import io.github.transfuse.settings.LastNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Paths as a command shows them: names and last folders only, because folders often carry the names of people, and what a
 * terminal shows is copied into reports and mails. With {@code --keep-paths} they are shown whole.
 */
final class Names {
    private static final String KEEP = "--keep-paths";
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private final boolean whole;

    /** Folders that the command line names and what is shown of them, the longest first. */
    private final Map<String, String> known =
            new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Those of a command line. */
    Names(List<String> arguments) {
        whole = keepsPaths(arguments);
        for (String argument : arguments) {
            String value = argument.startsWith("--") ? argument.substring(argument.indexOf('=') + 1) : argument;
            if (value.contains("/") || value.contains("\\")) {
                learn(value.strip());
            }
        }
    }

    private static boolean keepsPaths(List<String> arguments) {
        boolean keeps = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(KEEP)) {
                keeps = i + 1 == arguments.size() || !arguments.get(i + 1).equalsIgnoreCase("false");
            } else if (argument.startsWith(KEEP + "=")) {
                keeps = argument.equalsIgnoreCase(KEEP + "=true");
            }
        }
        return keeps;
    }

    /** The folder that a path or a pattern names, or that its file is in, in all ways in which it may be written. */
    private void learn(String value) {
        try {
            // A pattern as if it named a file in the folder that its first wildcard is in
            Path path = Path.of(
                    WILDCARD.split(value, 2)[0] + (WILDCARD.matcher(value).find() ? "x" : ""));
            boolean folder = Files.isDirectory(path);
            for (Path way :
                    List.of(path, path.toAbsolutePath(), path.toAbsolutePath().normalize())) {
                add(folder ? way : way.getParent());
                if (!folder) {
                    known.put(way.toString(), LastNames.of(way.toString()));
                }
            }
            add((folder ? path : path.toAbsolutePath().getParent()).toRealPath());
        } catch (InvalidPathException | IOException e) {
            // No path of this system, or one that is not there: nothing else will name it in another way
            known.put(value, LastNames.of(value));
        }
    }

    private void add(Path folder) {
        if (folder != null && folder.getNameCount() > 1) {
            known.put(folder.toString(), String.valueOf(folder.getFileName()));
        }
    }

    /** A path on one line: a line break in the name of a file could pretend to be another message. */
    String of(Path path) {
        String text = whole ? path.toString() : LastNames.of(path.toString());
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** A message with the paths of the command line in it as they are shown. */
    String within(String message) {
        String shown = message;
        if (!whole) {
            for (Map.Entry<String, String> folder : known.entrySet()) {
                shown = shown.replace(folder.getKey(), folder.getValue());
            }
        }
        return shown;
    }

    /** As {@link #within(String)}, of a message about a file. */
    String within(String message, Path file) {
        return within(whole ? message : LastNames.within(message, file));
    }
}
