package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two builds give the same bytes: no archive tells when it was made. */
class SameBytesPackagedIT {
    private static final Path TARGET = Path.of("target");
    private static final LocalDateTime RELEASED = LocalDateTime.of(2026, 1, 1, 0, 0);

    @Test
    void everyFileInOurArchivesHasTheTimeOfTheRelease() throws IOException {
        List<Path> archives = archives();
        assertTrue(archives.size() > 4, archives::toString);
        for (Path archive : archives) {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                List<String> others = zip.stream()
                        .filter(entry -> !released(entry))
                        .map(ZipEntry::getName)
                        .toList();
                assertEquals(List.of(), others, archive + ": of other times");
            }
        }
    }

    /** As project.build.outputTimestamp in pom.xml says, in the zone of the machine or another: archives have no zones. */
    private static boolean released(ZipEntry entry) {
        return Duration.between(RELEASED, entry.getTimeLocal()).abs().compareTo(Duration.ofDays(1)) < 0;
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> built = Files.list(TARGET);
                Stream<Path> served = Files.list(TARGET.resolve("update-site/jars"))) {
            return Stream.concat(built, served)
                    .filter(file -> file.getFileName()
                            .toString()
                            .matches("(TransFuse_-.*|qupath-extension-transfuse-.*|transfuse-.*)\\.(jar|zip)"))
                    .sorted()
                    .toList();
        }
    }

    /** Builds the release twice, in folders of other names: minutes, and needs what Maven has loaded before. */
    @Test
    @EnabledIfSystemProperty(named = "transfuse.twice", matches = "true")
    void twoReleasesAreTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, String> first = release(folder.resolve("a"));
        assertFalse(first.isEmpty());
        assertEquals(first, release(folder.resolve("another folder")));
    }

    private static Map<String, String> release(Path folder) throws IOException, InterruptedException {
        run(Path.of("."), "git", "clone", "-q", ".", folder.toString());
        run(folder, "mvn", "-q", "-Prelease", "-DskipTests", "-Dfast", "package");
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("target/release"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sha256")).toList()) {
                sums.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return sums;
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(15, TimeUnit.MINUTES), () -> String.join(" ", command));
        assertEquals(0, process.exitValue(), () -> String.join(" ", command));
    }
}
