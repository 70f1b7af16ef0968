package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The small Java of the command line has all that our commands use, and is found before any other. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class JavaInsidePackagedIT {
    private static final Path PACKAGED = Path.of("target", "transfuse").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path PROGRAM =
            Path.of("update-site", "JavaInside.java").toAbsolutePath();
    private static final String OWN = System.getProperty("os.name").startsWith("Mac") ? "macosx-arm64" : "linux-x86_64";
    private static final String OTHER = "windows-x86_64";

    @TempDir
    static Path folder;

    private static Path home;

    private static Started link(String platform, String modules, Path output) throws Exception {
        return Started.in(folder, Map.of(), JAVA, PROGRAM.toString(), platform, modules, output.toString());
    }

    @BeforeAll
    static void unpack() throws Exception {
        home = folder.resolve("with its own Java, ü");
        Started linked = link(OWN, "", home.resolve("java")).ended(0);
        assumeTrue(linked.output().isEmpty(), linked::output);
        Started.copy(PACKAGED.resolve("bin"), home.resolve("bin"));
        Files.createSymbolicLink(home.resolve("lib"), PACKAGED.resolve("lib"));
    }

    /** As on a computer without Java: JAVA_HOME is wrong, which matters only where no Java is inside. */
    private static Started transfuse(String... words) throws Exception {
        Map<String, String> variables = Map.of(
                "JAVA_HOME", "/no/such/java", "HOME", folder.toString(), "SPARK_HOME", "", "TRANSFUSE_OPTS", "-Xmx1g");
        return Started.in(folder, variables, home.resolve("bin/transfuse"), words);
    }

    @Test
    void everyCommandRuns() throws Exception {
        drawSquares(folder.resolve("images"), folder.resolve("masks"), 4);
        transfuse("--help").ended(0);
        transfuse("devices").ended(0);
        transfuse("engine").ended(0);
        transfuse("models").ended(0).saying("skin-lesion");
        transfuse("segment", "--sample").ended(0).saying("mole-labels.tif");
        transfuse(("train --images images --masks masks --output mine --start-from random --epochs 1 --device cpu"
                                + " --batch-size 2")
                        .split(" "))
                .ended(0);
        transfuse("evaluate --model mine --images images --masks masks --output report".split(" "))
                .ended(0);
        transfuse("export", "--model", "mine", "--author", "Ada", "--licence", "CC0-1.0", "--output", "mine.zip")
                .ended(0);
        transfuse("bench --size 64x64 --variant T --device cpu".split(" ")).ended(0);
        transfuse("models", "pack", "mine", "packed.zip").ended(0);
        transfuse("spark", "segment", "--input", "images", "--output", "labels")
                .ended(1)
                .saying("Spark");
    }

    @Test
    void weightsAreImported() throws Exception {
        Files.writeString(folder.resolve("weights.pth"), "none");
        transfuse("import", "weights.pth", "--variant", "S", "--output", "imported")
                .ended(1)
                .saying("weights.pth");
    }

    private static void drawSquares(Path images, Path masks, int count) throws IOException {
        Files.createDirectories(images);
        Files.createDirectories(masks);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
            for (BufferedImage picture : new BufferedImage[] {image, mask}) {
                Graphics2D pen = picture.createGraphics();
                pen.setColor(Color.WHITE);
                pen.fillRect(8 + 4 * i, 16, 20, 24);
                pen.dispose();
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
            ImageIO.write(mask, "png", masks.resolve(i + ".png").toFile());
        }
    }

    /** Modules that jdeps finds in our code, asked anew. */
    @Test
    void hasEveryModuleThatOurCodeNames() throws Exception {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        String libraries = PACKAGED.resolve("lib") + "/*";
        Path code = only(PACKAGED.resolve("lib"), "TransFuse_-.*\\.jar");
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "-q",
                        "--class-path",
                        libraries,
                        code.toString());
        Set<String> needed = new TreeSet<>(Arrays.asList(said.toString().strip().split(",")));
        assertTrue(needed.contains("java.desktop"), needed::toString);
        needed.removeAll(modules());
        assertEquals(Set.of(), needed);
    }

    private static Set<String> modules() throws Exception {
        return Started.in(folder, Map.of(), home.resolve("java/bin/java"), "--list-modules")
                .ended(0)
                .output()
                .lines()
                .map(line -> line.replaceAll("@.*", ""))
                .collect(Collectors.toSet());
    }

    private static Path only(Path where, String name) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void itsLicenceLiesInIt() throws IOException {
        String licence = Files.readString(home.resolve("java/legal/java.base/LICENSE"));
        assertTrue(licence.contains("GNU General Public License") || licence.contains("GNU GENERAL PUBLIC LICENSE"));
    }

    @Test
    void sparkTakesAWholeJava() throws Exception {
        Files.createDirectories(folder.resolve("spark/jars"));
        Map<String, String> variables = Map.of(
                "JAVA_HOME",
                "/no/such/java",
                "SPARK_HOME",
                folder.resolve("spark").toString());
        Started.in(folder, variables, home.resolve("bin/transfuse"), "spark", "--help")
                .ended(2)
                .saying("JAVA_HOME=/no/such/java");
    }

    @Test
    void withoutModulesOfAnotherPlatformThereIsNoneAndItIsSaid() throws Exception {
        Path output = folder.resolve("none");
        link(OTHER, "", output).ended(0).saying("without Java. -Djmods." + OTHER + "=FOLDER");
        assertFalse(Files.exists(output));
    }

    @Test
    void modulesThatDoNotFitAreRefused() throws Exception {
        Path output = folder.resolve("refused");
        link(OTHER, folder.toString(), output).ended(1).saying("no java.base.jmod");
        Path modules = Path.of(System.getProperty("java.home"), "jmods");
        assumeTrue(Files.isDirectory(modules));
        link(OTHER, modules.toString(), output).ended(1).saying("modules for ");
        link(OWN, System.getProperty("java.home"), output).ended(0);
        assertTrue(Files.exists(output.resolve("bin/java")));
    }
}
