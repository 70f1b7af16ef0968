package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The update site, laid out as update-site/README.md says for plain ImageJ 1.54p, gives the menu items. */
class PlainMenusPackagedIT {
    private static final Path SITE = Path.of("target", "update-site");
    private static final Path LIBRARIES = Path.of("target", "transfuse", "lib");

    @TempDir
    Path imagej;

    @Test
    void theMenuItemsAreThereAndTheirClassesLoadWithoutScijava() throws Exception {
        assumeTrue(VirtualDisplay.available(), "No Xvfb on the PATH: the menus of ImageJ need a display.");
        unpack();
        List<String> items;
        try (VirtualDisplay display = VirtualDisplay.start()) {
            items = menuItems(display);
        }
        for (String label : List.of(
                "Plugins > TransFuse > TransFuse Segment...",
                "Plugins > TransFuse > TransFuse Train...",
                "Plugins > TransFuse > TransFuse Evaluate...",
                "Plugins > TransFuse > TransFuse Measure Labels...",
                "Plugins > TransFuse > TransFuse Labels to ROIs...",
                "Plugins > TransFuse > TransFuse ROIs to Labels...",
                "Plugins > TransFuse > TransFuse Engine...",
                "File > Open Samples > TransFuse > TransFuse Sample: Nuclei (fluorescence)",
                "File > Open Samples > TransFuse > TransFuse Sample: Tissue (H&E)",
                "File > Open Samples > TransFuse > TransFuse Sample: Mole",
                "File > Open Samples > TransFuse > TransFuse Sample: Hippocampus (MR volume)")) {
            assertEquals(
                    1,
                    items.stream().filter(item -> item.startsWith(label + "\t")).count(),
                    label + ": " + items);
        }
    }

    private void unpack() throws IOException {
        Path plugins = Files.createDirectories(imagej.resolve("plugins"));
        copy(SITE.resolve("plugins"), ".*", plugins);
        Path jars = Files.createDirectories(plugins.resolve("jars"));
        copy(SITE.resolve("jars"), ".*", jars);
        copy(LIBRARIES, "(imglib2|gson|jfreechart)-.*", jars);
    }

    /** Copies the files below a folder into one flat folder: ImageJ does not look deeper. */
    private static void copy(Path from, String pattern, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().matches(pattern)) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private List<String> menuItems(VirtualDisplay display)
            throws IOException, InterruptedException, URISyntaxException {
        String ij = placeOf(IJ.class);
        Path output = imagej.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Duser.home=" + imagej,
                        "-cp",
                        ij + File.pathSeparator + placeOf(MenuProbe.class),
                        MenuProbe.class.getName(),
                        "-ijpath",
                        imagej.toString(),
                        "-port0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("DISPLAY", display.name());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "ImageJ did not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        return Files.readAllLines(output);
    }

    private static String placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
