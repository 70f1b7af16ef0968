package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Every jar that we hand out carries the licence and the notice of this checkout: the Apache licence asks for both. */
class LicencePackagedIT {
    private static final Path TARGET = Path.of("target");

    @Test
    void everyJarOfOursCarriesLicenceAndNotice() throws IOException {
        List<Path> jars = ours();
        assertFalse(jars.isEmpty(), "no jar below " + TARGET);
        for (Path jar : jars) {
            for (String file : List.of("LICENSE", "NOTICE")) {
                assertEquals(Files.readString(Path.of(file)), entry(jar, "META-INF/" + file), jar + ": " + file);
            }
        }
    }

    private static List<Path> ours() throws IOException {
        try (Stream<Path> files = Files.walk(TARGET, 3)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("(TransFuse_-|qupath-extension-transfuse-|transfuse).*\\.jar"))
                    .toList();
        }
    }

    private static String entry(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(name);
            if (entry == null) {
                return "absent";
            }
            try (InputStream in = file.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
