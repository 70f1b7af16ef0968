package io.github.transfuse.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * {@code transfuse train} in a process of its own, on a few small pictures.
 *
 * @param folder with {@code images} and {@code masks}; the model is written to {@code model}
 */
record TrainingProcess(Path folder) {
    private static final int SIDE = 64;

    /** Draws the pictures. */
    static TrainingProcess in(Path folder, int count) throws IOException {
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
        return new TrainingProcess(folder);
    }

    /**
     * Starts a training.
     *
     * @param log receives what it says
     * @param launcher command that starts the command it is given, such as one that limits it
     * @param options further ones
     */
    Process start(Path log, List<String> launcher, String... options) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
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
                "--batch-size=2",
                "--input-size=64x64",
                "--device=cpu"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
