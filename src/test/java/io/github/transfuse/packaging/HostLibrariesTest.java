package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fiji and QuPath bring most libraries themselves, in versions of their own: what we were compiled against is not there. The
 * versions are in {@code pom.xml}, at {@code oldest-hosts} and {@code newest-hosts}.
 */
class HostLibrariesTest {
    private static final Path HOSTS = Path.of("target", "hosts");
    private static final List<String> LIBRARIES =
            List.of("com.google.gson", "net.imglib2", "org.scijava", "ij", "org.jfree", "picocli");

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void ourClassesLinkWithWhatHostsBring(String versions) throws IOException {
        List<Path> jars = jars(versions);
        assertEquals(LIBRARIES.size(), jars.size(), () -> "libraries in " + HOSTS.resolve(versions) + ": " + jars);
        Collection<String> problems = Linkage.problems(Path.of("target", "classes"), jars, LIBRARIES);
        assertEquals("", String.join("\n", problems), "with " + jars);
    }

    @Test
    void whatHostsLackIsSeen() throws IOException {
        Path offenders = Path.of("target", "test-classes", "io", "github", "transfuse", "archfixtures", "hosts");
        Collection<String> problems = Linkage.problems(offenders, jars("oldest"), LIBRARIES);
        assertTrue(
                problems.stream().anyMatch(line -> line.endsWith("needs the class com.google.gson.Strictness")),
                problems::toString);
        assertTrue(problems.stream().anyMatch(line -> line.contains("setStrictness")), problems::toString);
    }

    static List<Path> jars(String versions) throws IOException {
        try (Stream<Path> files = Files.list(HOSTS.resolve(versions))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
