package io.github.transfuse.imagej;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * ImageJ 1.54p in a process and a folder of its own, with the plugin as a jar in {@code plugins} and its libraries in
 * {@code plugins/jars}, as a user would have it.
 */
final class PlainImageJ {
    /** It takes one or two on a computer that does nothing else. */
    private static final long MINUTES = 10;

    private static final long DUMP_MS = 5000;

    private final Path home;
    private final Path ij;

    private PlainImageJ(Path home, Path ij) {
        this.home = home;
        this.ij = ij;
    }

    /** What a run left behind. */
    record Outcome(int exitCode, String output) {}

    /** Installs ImageJ and the plugin, as compiled for this test, into an empty folder. */
    static PlainImageJ install(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("plugins/jars"));
        Files.createDirectories(home.resolve("macros"));
        pack(Path.of("target", "classes"), home.resolve("plugins/TransFuse_-test.jar"));
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
        for (Path jar : classPath) {
            if (needed(jar.getFileName().toString())) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
            }
        }
        Path ij = classPath.stream()
                .filter(jar -> jar.getFileName().toString().matches("ij-.*\\.jar"))
                .findFirst()
                .orElseThrow();
        return new PlainImageJ(home, ij);
    }

    /** Removes the links to libraries, before the folder is deleted. */
    void uninstall() throws IOException {
        try (Stream<Path> links = Files.list(home.resolve("plugins/jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    /** Only what the plugin needs in plain ImageJ: above all no SciJava, which is absent there. */
    private static boolean needed(String jar) {
        return Stream.of(
                        "imglib2",
                        "gson",
                        "jfreechart",
                        "aircompressor",
                        "imageio-",
                        "common-",
                        "javacpp",
                        "pytorch",
                        "openblas")
                .anyMatch(jar::startsWith);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path path : tree.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
    }

    /** Runs a macro in ImageJ with its windows on a display; the macro ends ImageJ. */
    Outcome runWithWindows(VirtualDisplay display, Path macro, String argument) throws IOException {
        List<String> command = command();
        command.addAll(List.of("-cp", ij.toString(), "ij.ImageJ", "-ijpath", home.toString(), "-port0"));
        command.addAll(List.of("-macro", macro.toAbsolutePath().toString(), argument));
        return run(command, display.name());
    }

    /** Runs a program of the tests with ImageJ on its class path; the program starts ImageJ itself and ends it. */
    Outcome runWithWindows(VirtualDisplay display, Class<?> program, String... arguments) throws IOException {
        List<String> command = command();
        command.addAll(List.of("-cp", ij + File.pathSeparator + Path.of("target", "test-classes")));
        command.addAll(List.of(program.getName(), "-ijpath", home.toString(), "-port0"));
        command.addAll(List.of(arguments));
        return run(command, display.name());
    }

    /** Runs a macro without a display, with everything on one class path: plain ImageJ loads no plugins then. */
    Outcome runHeadless(Path macro, String argument) throws IOException {
        List<String> command = command();
        command.add("-Djava.awt.headless=true");
        command.addAll(List.of("-cp", ij + File.pathSeparator + libraries(), "ij.ImageJ"));
        command.addAll(List.of("-batch", macro.toAbsolutePath().toString(), argument));
        return run(command, "");
    }

    private List<String> command() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx1g", "-Dfile.encoding=UTF-8"));
        // ImageJ keeps its preferences there
        command.add("-Duser.home=" + home);
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("user.home") + "/.javacpp/cache");
        return command;
    }

    private String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("plugins/jars"))) {
            return Stream.concat(Stream.of(home.resolve("plugins/TransFuse_-test.jar")), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private Outcome run(List<String> command, String display) throws IOException {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("DISPLAY", display);
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                tellStacks(process);
                throw new IOException(
                        "ImageJ did not end within " + MINUTES + " minutes:\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    /** Java writes what all its threads do to its output when it is asked to quit so. */
    private static void tellStacks(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        Thread.sleep(DUMP_MS);
    }
}
