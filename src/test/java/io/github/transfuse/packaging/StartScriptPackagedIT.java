package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script for Linux and macOS works wherever it is unpacked and however it is reached. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class StartScriptPackagedIT {
    private static final Path PACKAGED = Path.of("target", "transfuse").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path script;

    @BeforeAll
    static void unpackIntoAnOddFolder() throws IOException {
        Path home = folder.resolve("Über uns, ä b").resolve("transfuse (1)");
        try (Stream<Path> files = Files.walk(PACKAGED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = home.resolve(PACKAGED.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        script = home.resolve("bin/transfuse");
    }

    @Test
    void startsFromAnyFolder() throws Exception {
        Outcome outcome = run(script, Map.of(), "--help");
        assertEquals(0, outcome.exitCode(), outcome.output());
        assertTrue(outcome.output().contains("segment"), outcome.output());
    }

    @Test
    void startsThroughRelativeAndAbsoluteLinks() throws Exception {
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), script);
        Path relative = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("links")).resolve("relative"), Path.of("..", "absolute"));
        assertEquals(0, run(absolute, Map.of(), "--help").exitCode());
        assertEquals(0, run(relative, Map.of(), "--help").exitCode());
    }

    @Test
    void passesOptionsToJava() throws Exception {
        Map<String, String> options =
                Map.of("JAVA_OPTS", "-XshowSettings:properties -Dtest.one=1", "TRANSFUSE_OPTS", "-Dtest.two=*");
        Outcome outcome = run(script, options, "--help");
        String output = outcome.output();
        assertEquals(0, outcome.exitCode(), output);
        assertTrue(output.contains("test.one = 1"), output);
        assertTrue(output.contains("test.two = *"), output);
    }

    @Test
    void readsFileNamesAsUtf8InTheCLocale() throws Exception {
        Map<String, String> options = Map.of("LC_ALL", "C", "JAVA_OPTS", "-XshowSettings:properties");
        String output = run(script, options, "--help").output();
        assertTrue(output.contains("sun.jnu.encoding = UTF-8"), output);
    }

    @Test
    void handsOnTheExitCodeOfBadUsage() throws Exception {
        assertEquals(2, run(script, Map.of(), "no-such-command").exitCode());
    }

    @Test
    void saysWhatToDoWithoutJava() throws Exception {
        Outcome outcome = run(script, Map.of("JAVA_HOME", "/no/such/java"), "--help");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.output().contains("Java 17 or newer"), outcome.output());
    }

    @Test
    void doesNotWarnAboutNativeAccess() throws Exception {
        Outcome outcome = run(script, Map.of(), "devices");
        assertEquals(0, outcome.exitCode(), outcome.output());
        assertFalse(outcome.output().contains("--enable-native-access"), outcome.output());
    }

    private record Outcome(int exitCode, String output) {}

    private Outcome run(Path command, Map<String, String> variables, String... arguments) throws Exception {
        List<String> words = Stream.concat(Stream.of(command.toString()), Stream.of(arguments))
                .toList();
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> words + " did not end");
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }
}
