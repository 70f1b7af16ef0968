package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelFolder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C and SIGTERM do to {@code transfuse train}. */
class TerminatedTrainingTest {
    private static final long PATIENCE_SECONDS = 240;
    private static final int SIDE = 64;

    /** Exit code of a process that SIGTERM ended, whether its JVM had time or not; a crash gives another. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    private void pictures(int count) throws IOException {
        for (String part : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(part));
            for (int i = 0; i < count; i++) {
                BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
                Graphics2D graphics = picture.createGraphics();
                graphics.setColor(Color.WHITE);
                graphics.fillOval(4 + 3 * i, 10, 30, 30);
                graphics.dispose();
                ImageIO.write(
                        picture,
                        "png",
                        folder.resolve(part).resolve("p" + i + ".png").toFile());
            }
        }
    }

    private Process start(Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "train",
                        "--images=" + folder.resolve("images"),
                        "--masks=" + folder.resolve("masks"),
                        "--output=" + folder.resolve("model"),
                        "--epochs=100000",
                        "--batch-size=2",
                        "--input-size=64x64",
                        "--device=cpu")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @Test
    void stopsBetweenStepsAndKeepsTheBestWeights() throws IOException, InterruptedException {
        pictures(3);
        Path log = folder.resolve("log.txt");
        Process process = start(log);
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.readString(log).contains("epoch 1/") && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            process.destroy();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(log);
        assertEquals(TERMINATED, process.exitValue(), told);
        assertFalse(Files.exists(folder.resolve("crash.log")), told);
        assertTrue(told.contains("the best weights so far are kept"), told);
        ModelFolder model = ModelFolder.open(folder.resolve("model"));
        assertEquals(1, model.spec().network().classes());
        try (Stream<Path> files = Files.list(model.path())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.containsAll(List.of("history.csv", "curves.png", "preview.png")), names::toString);
        }
    }
}
