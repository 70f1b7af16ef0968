package io.github.transfuse.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls: it looks for inputs that reach other code, from the valid files on. See the profile {@code fuzz}. */
public final class JazzerTarget {
    private static Target target;
    private static Path file;

    private JazzerTarget() {}

    /** Called once. */
    public static void fuzzerInitialize() throws IOException {
        target = target(Files.createTempDirectory("fuzz"));
        file = Files.createTempDirectory("fuzz").resolve("input" + target.ending());
    }

    private static Target target(Path folder) throws IOException {
        String name = System.getProperty("fuzz.reader");
        return Targets.all(folder).stream()
                .filter(each -> each.name().equals(name) && each.packing() != Packing.FOLDER)
                .findFirst()
                .orElseThrow(() -> new IOException("no reader of single files is called " + name));
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        String fault = target.read(file, () -> {});
        if (!fault.isEmpty()) {
            throw new AssertionError(fault);
        }
    }

    /** Writes the valid files to a folder, for Jazzer to begin with. */
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Target chosen = target(Files.createTempDirectory("fuzz"));
        for (int i = 0; i < chosen.seeds().size(); i++) {
            Files.move(chosen.writeSeed(folder, i), folder.resolve("valid" + i));
        }
    }
}
