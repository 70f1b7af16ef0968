package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A site of a few small files, and the programs of {@code update-site} run on it.
 *
 * @param folder what lies there is served
 */
record SmallSite(Path folder) {

    /** Writes a jar with these entries, last changed at the given time. */
    void jar(String name, Map<String, String> entries, long time) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                ZipEntry place = new ZipEntry(entry.getKey());
                place.setTime(time);
                jar.putNextEntry(place);
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    /** Writes any other file. */
    void text(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Lays out what a web server shows. */
    void serve(Path served, String... previous) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), served.toString(), "Segments images."));
        arguments.addAll(List.of(previous));
        run("FijiSite.java", arguments);
    }

    /** Runs a program of the folder update-site from its source. */
    static void run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Path.of("update-site", program).toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        assertEquals(0, process.exitValue(), output);
    }
}
