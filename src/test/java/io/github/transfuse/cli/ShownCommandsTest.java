package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Command lines in README and docs are those that the program takes. */
class ShownCommandsTest {
    private static final String COMMANDS =
            "(?:segment|train|evaluate|bench|import|export|models|devices|engine|spark)\\b";

    /** On lines of a block of code, which may go on behind a backslash, or between backticks. */
    private static final Pattern SHOWN = Pattern.compile(
            "(?m)^ *(?:\\$ )?transfuse (" + COMMANDS + "(?:\\\\\\R|[^`\\n])*)$|`transfuse (" + COMMANDS + "[^`]*)`");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static Set<String> shown() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        Set<String> lines = new LinkedHashSet<>();
        for (Path page : pages) {
            Matcher found = SHOWN.matcher(Files.readString(page));
            while (found.find()) {
                String line = found.group(1) == null ? found.group(2) : found.group(1);
                lines.add(line.replaceAll("\\\\?\\R *", " ")
                        .replaceAll("\\s+#.*", "")
                        .strip());
            }
        }
        return lines;
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .toArray(String[]::new);
    }

    @Test
    void everyOptionThatIsShownExists() throws IOException {
        Set<String> lines = shown();
        assertTrue(lines.size() > 20, lines::toString);
        List<String> refused = new ArrayList<>();
        for (String line : lines) {
            try {
                Main.commandLine().parseArgs(words(line));
            } catch (CommandLine.ParameterException e) {
                refused.add(line + ": " + e.getMessage());
            }
        }
        assertEquals(List.of(), refused);
    }
}
