package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import io.github.transfuse.cli.Main;
import io.github.transfuse.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A segmentation gives the same pixels with the oldest and the newest libraries that hosts bring, in place of ours. */
class SegmentsWithHostLibrariesTest {
    private static final int LIBRARIES = 6;

    @TempDir
    static Path folder;

    private static Samples samples;

    @BeforeAll
    static void write() throws IOException {
        samples = Samples.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void sciJavaCommand(String versions) throws Exception {
        Path labels = folder.resolve(versions + ".tif");
        run(
                versions,
                HostLibrariesProbe.class,
                samples.path(Samples.STACK).toString(),
                samples.settings(),
                labels.toString());
        samples.assertSameAsFacade(Samples.STACK, IJ.openImage(labels.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void commandLine(String versions) throws Exception {
        Path output = folder.resolve(versions);
        Settings settings = Settings.parse(samples.settings());
        List<String> arguments = new ArrayList<>(List.of("segment"));
        settings.given().forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        arguments.addAll(List.of("--input", samples.images().toString(), "--output", output.toString(), "--table"));
        run(versions, Main.class, arguments.toArray(String[]::new));
        for (String name : Samples.NAMES) {
            Path labels = output.resolve(Samples.stem(name) + "-labels.tif");
            samples.assertSameAsFacade(name, IJ.openImage(labels.toString()));
        }
    }

    private static void run(String versions, Class<?> program, String... arguments) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx1g", "-Djava.awt.headless=true"));
        command.addAll(List.of("-cp", classPath(versions), program.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve(versions + program.getSimpleName() + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the program does not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
    }

    /** The class path of this test, with the jars of the hosts in the places of those of the same name. */
    private static String classPath(String versions) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of("target", "hosts", versions))) {
            jars = files.sorted().toList();
        }
        List<String> names =
                jars.stream().map(SegmentsWithHostLibrariesTest::name).toList();
        assertEquals(LIBRARIES, names.size(), jars::toString);
        Stream<String> ours = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !names.contains(name(Path.of(entry))));
        return Stream.concat(jars.stream().map(Path::toString), ours).collect(Collectors.joining(File.pathSeparator));
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*\\.jar$", "");
    }
}
