package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import ij.IJ;
import ij.ImagePlus;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Results come out as ImageJ understands them, whole or not at all. */
class ResultFilesTest {
    private static final int[] COLORS = {0, 0xff0000, 0x00ff80};

    @TempDir
    Path folder;

    static Stream<Arguments> labelImages() {
        return Stream.of(
                Arguments.of(8, ArrayImgs.unsignedBytes(new byte[] {0, 1, 2, (byte) 255}, 2, 2)),
                Arguments.of(16, ArrayImgs.unsignedShorts(new short[] {0, 1, 2, (short) 65_535}, 2, 2)),
                Arguments.of(32, ArrayImgs.floats(new float[] {0, 1, 2, 70_000}, 2, 2)));
    }

    @ParameterizedTest
    @MethodSource("labelImages")
    void labelsKeepTypeCalibrationColorsAndProperties(int depth, RandomAccessibleInterval<? extends RealType<?>> pixels)
            throws IOException {
        CalibratedImage labels = new CalibratedImage(
                "cell-labels",
                pixels,
                List.of(new Axis(Axis.Kind.X, 0.25, "micron"), new Axis(Axis.Kind.Y, 0.5, "micron")),
                false,
                List.of());
        Path file = folder.resolve("cell-labels.tif");
        ResultFiles.writeLabels(file, labels, COLORS, Map.of("transfuse", "{\"model\": \"x\"}"));

        ImagePlus imp = IJ.openImage(file.toString());
        assertEquals(depth, imp.getBitDepth());
        assertEquals(0.25, imp.getCalibration().pixelWidth, 1e-6);
        assertEquals("{\"model\": \"x\"}", imp.getProp("transfuse"));
        if (depth < 32) {
            assertEquals(0x00ff80, imp.getProcessor().getLut().getRGB(2) & 0xffffff);
        }
        CalibratedImage back = ImageFiles.readLabels(file);
        assertArrayEquals(Pixels.of(labels), Pixels.of(back));
        assertEquals("micron", back.axes().get(1).unit());
        assertEquals(0.5, back.axes().get(1).size(), 1e-6);
        assertOnly("cell-labels.tif");
    }

    @Test
    void volumesAndProbabilitiesKeepTheirAxes() throws IOException {
        CalibratedImage image = CalibratedImage.of(
                "p",
                ArrayImgs.floats(new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f}, 1, 2, 2, 2),
                Axis.Kind.X,
                Axis.Kind.Y,
                Axis.Kind.Z,
                Axis.Kind.CHANNEL);
        Path file = folder.resolve("p.tif");
        ResultFiles.writeTiff(file, image, Map.of());
        CalibratedImage back = ImageFiles.read(file).channelsLast();
        assertEquals(image.describe(), back.describe());
        assertArrayEquals(Pixels.of(image), Pixels.of(back));
    }

    @Test
    void picturesAndJsonAreWritten() throws IOException {
        BufferedImage picture = ImageFilesTest.gradient(BufferedImage.TYPE_INT_RGB);
        ResultFiles.writePng(folder.resolve("overlay.png"), picture);
        assertEquals(
                picture.getRGB(3, 4),
                ImageIO.read(folder.resolve("overlay.png").toFile()).getRGB(3, 4));
        JsonObject json = new JsonObject();
        json.addProperty("model", "<m>");
        ResultFiles.writeJson(folder.resolve("run.json"), json);
        assertEquals("{\n  \"model\": \"<m>\"\n}\n", Files.readString(folder.resolve("run.json")));
    }

    @Test
    void anUnwritableFolderIsRefusedBeforeWorkStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path output : List.of(file, file.resolve("below"))) {
            String message = assertThrows(UnwritableOutputException.class, () -> ResultFiles.requireWritable(output))
                    .getMessage();
            assertTrue(message.startsWith(output.toString()) && message.contains("another output folder"), message);
        }
        ResultFiles.requireWritable(folder.resolve("new").resolve("deep"));
    }

    @Test
    void afterAFailureNothingIsLeftAndTheOldFileStays() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("labels.tif").resolve("child"));
        CalibratedImage labels = CalibratedImage.of("l", ArrayImgs.unsignedBytes(2, 2), Axis.Kind.X, Axis.Kind.Y);
        assertThrows(
                UnwritableOutputException.class,
                () -> ResultFiles.writeLabels(folder.resolve("labels.tif"), labels, COLORS, Map.of()));
        assertTrue(Files.exists(occupied));
        assertOnly("labels.tif");
    }

    @ParameterizedTest
    @CsvSource({
        "cell.tif, cell",
        "a.b.png, a.b",
        "brain.nii.gz, brain",
        "x.ome.tif, x",
        "noextension, noextension",
        ".hidden, .hidden",
        "a/b.tif, a_b"
    })
    void stemsLeaveOutTheExtension(String name, String stem) {
        assertEquals(folder.resolve(stem + "-labels.tif"), ResultFiles.beside(folder, name, "-labels.tif"));
    }

    private void assertOnly(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(name), files.map(f -> f.getFileName().toString()).toList());
        }
    }
}
