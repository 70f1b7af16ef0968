package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that ran to its end: its exit code, and what it printed to both streams. */
record Started(int exitCode, String output) {

    /** Runs a program in a folder, with variables beside those of this process, of which PATH and the like stay. */
    static Started in(Path folder, Map<String, String> variables, Path command, String... arguments) throws Exception {
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
            assertTrue(process.waitFor(4, TimeUnit.MINUTES), () -> words + " did not end");
        } finally {
            process.destroyForcibly();
        }
        Started ended = new Started(process.exitValue(), Files.readString(output));
        Files.delete(output);
        return ended;
    }

    /** Fails unless it ended so. */
    Started ended(int code) {
        assertEquals(code, exitCode, output);
        return this;
    }

    /** Fails unless it said so. */
    Started saying(String words) {
        assertTrue(output.contains(words), output);
        return this;
    }

    /** Copies a folder of files, with what they may do. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
