package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.labels.LabelColors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    @TempDir
    Path folder;

    @Test
    void printsTheCommandWithAllValuesAndWritesNothing() throws IOException {
        for (String part : new String[] {"my images", "masks"}) {
            Files.createDirectories(folder.resolve(part));
            for (int n = 0; n < 3; n++) {
                BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
                for (int i = 0; i < 64 * 20; i++) {
                    picture.getRaster().setSample(i % 64, n + i / 64, 0, 255);
                }
                Path file = folder.resolve(part).resolve(n + ".png");
                ImageIO.write(picture, "png", file.toFile());
            }
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        Path output = folder.resolve("model");
        int code = Main.run(
                writer,
                writer,
                "train",
                "--dry-run",
                "--images",
                folder.resolve("my images").toString(),
                "--masks",
                folder.resolve("masks").toString(),
                "--output",
                output.toString());
        assertEquals(0, code, said::toString);
        assertTrue(said.toString().contains("transfuse train --images '" + folder.resolve("my images") + "' "));
        assertTrue(said.toString().contains(" --output " + output), said.toString());
        assertTrue(said.toString().contains(" --input-size 192x192"), said.toString());
        assertTrue(said.toString().contains("GiB of memory"), said.toString());
        assertTrue(said.toString().contains("Masks: 0 is background, 255 foreground."), said.toString());
        assertFalse(Files.exists(output));
    }

    /** Masks of 0, 1, 2 and 255 in bands of 16 rows, of which 255 is left out. */
    @Test
    void aPictureBesideTheOutputShowsHowMasksAreRead() throws IOException {
        for (String part : new String[] {"images", "masks"}) {
            Files.createDirectories(folder.resolve(part));
            for (int n = 0; n < 12; n++) {
                BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
                for (int i = 0; i < 64 * 64; i++) {
                    int band = i / 64 / 16;
                    int value = part.equals("masks") ? (band == 3 ? 255 : band) : (20 * n + 3 * (i % 64)) % 256;
                    picture.getRaster().setSample(i % 64, i / 64, 0, value);
                }
                ImageIO.write(
                        picture, "png", folder.resolve(part).resolve(n + ".png").toFile());
            }
        }
        Path file = folder.resolve("model-dry-run.png");
        for (int run = 0; run < 2; run++) {
            StringWriter said = new StringWriter();
            PrintWriter writer = new PrintWriter(said);
            int code = Main.run(
                    writer,
                    writer,
                    "train",
                    "--dry-run",
                    "--images=" + folder.resolve("images"),
                    "--masks=" + folder.resolve("masks"),
                    "--output=" + folder.resolve("model"),
                    "--ignore-label=255",
                    "--input-size=192x192",
                    "--input-rule=resize");
            assertEquals(0, code, said::toString);
            assertTrue(
                    said.toString().matches("(?s).*How the masks are read: \\S*model-dry-run.png\\R.*"),
                    said.toString());
            assertFalse(Files.exists(folder.resolve("model")));
        }
        BufferedImage shown = ImageIO.read(file.toFile());
        int[] colors = {0, LabelColors.rgb(1), LabelColors.rgb(2), 0x808080};
        for (int image = 0; image < 4; image++) {
            int top = 26 + image * (192 + 34);
            for (int i = 0; i < 192 * 192; i++) {
                int y = top + i / 192;
                int color = colors[i / 192 / 48];
                int plain = shown.getRGB(8 + i % 192, y) & 0xffffff;
                int mixed = shown.getRGB(208 + i % 192, y) & 0xffffff;
                int expected = color == 0 ? plain : (plain >> 1 & 0x7f7f7f) + (color >> 1 & 0x7f7f7f);
                assertEquals(expected, mixed, "image " + image + ", pixel " + i);
            }
        }
        assertTrue(shown.getHeight() < 26 + 5 * (192 + 34), "four images");
    }

    /** What a run refuses, its rehearsal refuses: here a mask of another size than its image. */
    @Test
    void refusesWhatTheRunRefuses() throws IOException {
        for (int n = 0; n < 3; n++) {
            for (String part : new String[] {"images", "masks"}) {
                Files.createDirectories(folder.resolve(part));
                boolean other = n == 1 && part.equals("masks");
                BufferedImage picture = new BufferedImage(64, other ? 32 : 64, BufferedImage.TYPE_BYTE_GRAY);
                picture.getRaster().setSample(n, n, 0, 255);
                ImageIO.write(
                        picture, "png", folder.resolve(part).resolve(n + ".png").toFile());
            }
        }
        List<String> answers = new ArrayList<>();
        for (String last : new String[] {"--dry-run", "--epochs=1"}) {
            StringWriter said = new StringWriter();
            PrintWriter writer = new PrintWriter(said);
            int code = Main.run(
                    writer,
                    writer,
                    "train",
                    "--images=" + folder.resolve("images"),
                    "--masks=" + folder.resolve("masks"),
                    "--output=" + folder.resolve("model"),
                    last);
            assertEquals(1, code, said::toString);
            answers.add(
                    said.toString().lines().reduce((first, second) -> second).orElseThrow());
        }
        assertTrue(answers.get(0).contains("64 x 32"), answers::toString);
        assertEquals(answers.get(0), answers.get(1));
    }
}
