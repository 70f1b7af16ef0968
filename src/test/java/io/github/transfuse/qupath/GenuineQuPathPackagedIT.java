package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts of {@code src/test/qupath} in a genuine QuPath: the packaged extension and the offline engine in the
 * extensions folder of a new user, no network. {@code mvn verify -Dqupath.command=/opt/QuPath/bin/QuPath}
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "preferences of a new user need a folder to be in")
@EnabledIfSystemProperty(named = "qupath.command", matches = ".+", disabledReason = "needs an installed QuPath")
class GenuineQuPathPackagedIT {
    private static final Path SCRIPTS = Path.of("src/test/qupath").toAbsolutePath();
    private static final int SIDE = 512;
    private static final int SPACING = 64;

    @TempDir
    private static Path folder;

    private static Path image;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path extensions = Files.createDirectories(folder.resolve("user/extensions"));
        copy("qupath-extension-transfuse-*.jar", extensions);
        copy("transfuse-engine-*.zip", extensions);
        List<String> said = run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/test-classes",
                        QuPathPreferences.class.getName(),
                        folder.resolve("user").toString()),
                folder.resolve("preferences.txt"));
        assertTrue(Files.exists(folder.resolve(".java")), said::toString);
        image = folder.resolve("discs ü.png");
        ImageIO.write(discs(), "png", image.toFile());
    }

    private static void copy(String pattern, Path extensions) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), pattern)) {
            for (Path built : found) {
                Files.copy(built, extensions.resolve(built.getFileName()));
            }
        }
    }

    /** 64 discs in the colours of stained nuclei, with noise. */
    private static BufferedImage discs() {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(236, 222, 234));
        graphics.fillRect(0, 0, SIDE, SIDE);
        for (int y = SPACING / 2; y < SIDE; y += SPACING) {
            for (int x = SPACING / 2; x < SIDE; x += SPACING) {
                double radius = 11 + 5 * random.nextDouble();
                graphics.setColor(new Color(110 + random.nextInt(20), 60 + random.nextInt(20), 150));
                graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
            }
        }
        graphics.dispose();
        for (int i = 0; i < SIDE * SIDE; i++) {
            Color color = new Color(picture.getRGB(i % SIDE, i / SIDE));
            int noise = random.nextInt(13) - 6;
            Color noisy = new Color(color.getRed() + noise, color.getGreen() + noise, color.getBlue() + noise);
            picture.setRGB(i % SIDE, i / SIDE, noisy.getRGB());
        }
        return picture;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"segmentation", "annotations", "kept", "recorded", "refusals", "planes", "channels", "training"})
    void passesTheChecksOf(String script) throws Exception {
        Path work = Files.createDirectories(folder.resolve(script));
        List<String> command = List.of(
                System.getProperty("qupath.command"),
                "script",
                "-i",
                image.toString(),
                "-a",
                work.toString(),
                "-a",
                image.toString(),
                SCRIPTS.resolve(script + ".groovy").toString());

        List<String> said = run(command, work.resolve("output.txt"));

        assertTrue(said.stream().anyMatch(line -> line.startsWith("checks passed: ")), () -> String.join("\n", said));
    }

    private static List<String> run(List<String> command, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Duser.home=" + folder + " -Djava.util.prefs.userRoot=" + folder
                                + " -Dtransfuse.download=http://127.0.0.1:9/");
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "QuPath hangs");
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
