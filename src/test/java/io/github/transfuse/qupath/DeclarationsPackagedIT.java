package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The declarations of QuPath's classes are for the compiler: shipped, they would replace the real ones. */
class DeclarationsPackagedIT {
    @Test
    void noJarHoldsThem() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        assertFalse(jars.isEmpty(), "nothing is packaged");
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertEquals(
                        List.of(),
                        zip.stream()
                                .map(Object::toString)
                                .filter(name -> name.startsWith("qupath/"))
                                .toList(),
                        jar.toString());
            }
        }
    }
}
