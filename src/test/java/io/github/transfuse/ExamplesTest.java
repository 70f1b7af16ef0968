package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in src/examples compile, and do what they say. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("src", "examples", "java");
    private static final int IMAGES = 6;

    @TempDir
    private Path folder;

    private String model;

    @BeforeEach
    void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(EXAMPLES)) {
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertTrue(compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources.toList()))
                    .call());
        }
        model = folder.resolve("model").toString();
        RandomModels.write(Path.of(model), InputSpec.Rule.RESIZE, 5);
        for (String kind : List.of("images", "masks")) {
            Files.createDirectory(folder.resolve(kind));
            for (int i = 0; i < IMAGES; i++) {
                draw(kind, i);
            }
        }
    }

    private void draw(String kind, int index) throws IOException {
        boolean mask = kind.equals("masks");
        BufferedImage picture =
                new BufferedImage(64, 64, mask ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(mask ? Color.WHITE : Color.ORANGE);
        graphics.fillOval(5 + 3 * index, 10, 40 - index, 30);
        graphics.dispose();
        ImageIO.write(
                picture, "png", folder.resolve(kind).resolve(index + ".png").toFile());
    }

    /** What a program prints. */
    private String run(String name, String... arguments) throws ReflectiveOperationException, IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void countsTheObjectsOfAnImage() throws Exception {
        Path image = folder.resolve("images/0.png");
        try (TransFuse nuclei = TransFuse.load("nuclei")) {
            long objects = nuclei.segment(ImageFiles.read(image)).objects().orElseThrow();
            assertTrue(run("CountCells", "nuclei", image.toString())
                    .startsWith("Objects: " + objects + System.lineSeparator()));
        }
    }

    @Test
    void segmentsAFolder() throws Exception {
        Path output = folder.resolve("results");
        Files.writeString(folder.resolve("images/bad.png"), "no picture");
        String said = run("SegmentFolder", model, folder.resolve("images").toString(), output.toString());
        assertTrue(said.contains(IMAGES + " done, 1 failed"), said);
        for (int i = 0; i < IMAGES; i++) {
            assertTrue(Files.exists(output.resolve(i + "-labels.tif")), "labels of " + i);
        }
    }

    @Test
    void segmentsPixelsOfOnesOwn() throws Exception {
        String said = run("SegmentPixels", model);
        assertTrue(said.contains("dimensions (96, 64)"), said);
    }

    @Test
    void trainsAModelThatSegments() throws Exception {
        String trained = folder.resolve("mine").toString();
        String said = run(
                "TrainModel",
                folder.resolve("images").toString(),
                folder.resolve("masks").toString(),
                trained,
                "1");
        assertTrue(said.contains("Wrote the model mine"), said);
        assertEquals(
                "mine", ModelFolder.open(Path.of(trained)).spec().identity().name());
    }
}
