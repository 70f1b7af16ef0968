package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Javadoc, README and docs show is what the compiler and the parser of macros take. */
class SnippetsTest {
    private static final Pattern IN_JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\}</pre>");
    private static final Pattern IN_MARKDOWN = Pattern.compile("(?s)```java\\n(.*?)```");
    private static final Pattern MACRO =
            Pattern.compile("run\\((?:\\w+, )?\"TransFuse (Segment|Train|Evaluate)\\.\\.\\.\", \"([^\"]*)\"\\)");
    private static final List<String> OTHER_LANGUAGES = List.of("#@ ", "def ", "call(");
    private static final String SURROUNDINGS =
            """
            import io.github.transfuse.*;
            import io.github.transfuse.evaluation.*;
            import io.github.transfuse.image.*;
            import io.github.transfuse.progress.Progress;
            import io.github.transfuse.settings.*;
            import io.github.transfuse.tiling.*;
            import net.imglib2.RandomAccessibleInterval;
            import net.imglib2.type.numeric.*;
            class %s {
                void show(RandomAccessibleInterval<? extends RealType<?>> image, TileReader reader,
                        TilePredictor predictor, RowSink sink) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path folder;

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, String> javaSnippets() throws IOException {
        Map<String, String> snippets = new LinkedHashMap<>();
        for (Path file : files(Path.of("src", "main", "java"), ".java")) {
            for (String text : all(IN_JAVADOC, file)) {
                String code = text.replaceAll("(?m)^ *\\* ?", "");
                if (OTHER_LANGUAGES.stream().noneMatch(code::contains)) {
                    snippets.put("Javadoc" + snippets.size(), "// " + file + "\n" + code);
                }
            }
        }
        List<Path> pages = new ArrayList<>(files(Path.of("docs"), ".md"));
        pages.add(Path.of("README.md"));
        for (Path page : pages) {
            for (String code : all(IN_MARKDOWN, page)) {
                snippets.put("Page" + snippets.size(), "// " + page + "\n" + code);
            }
        }
        return snippets;
    }

    @Test
    void javaThatIsShownCompiles() throws IOException {
        Map<String, String> snippets = javaSnippets();
        assertTrue(snippets.size() >= 5, snippets::toString);
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> snippet : snippets.entrySet()) {
            Path source = folder.resolve(snippet.getKey() + ".java");
            Files.writeString(source, SURROUNDINGS.formatted(snippet.getKey(), snippet.getValue()));
            sources.add(source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(told, null, null)) {
            compiler.getTask(
                            null,
                            manager,
                            told,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        List<String> errors = told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), errors, snippets::toString);
    }

    @Test
    void macrosThatAreShownHaveKeysAndValuesThatExist() throws IOException {
        List<Path> files = new ArrayList<>(files(Path.of("docs"), ".md"));
        files.add(Path.of("README.md"));
        files.addAll(files(Path.of("macros"), ".ijm"));
        files.addAll(files(Path.of("src", "main", "java"), ".java"));
        int checked = 0;
        for (Path file : files) {
            for (MatchResult macro :
                    MACRO.matcher(Files.readString(file)).results().collect(Collectors.toList())) {
                Task task =
                        switch (macro.group(1)) {
                            case "Segment" -> Task.SEGMENT;
                            case "Train" -> Task.TRAIN;
                            default -> Task.EVALUATE;
                        };
                Settings.parse(task, macro.group(2).replaceAll("&\\w+", "0.5"));
                checked++;
            }
        }
        assertTrue(checked >= 4, "only " + checked);
    }
}
