package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that once hung a folder, filled the memory, or were read as something else; they are no part of this project. */
class ReaderCasesTest {
    private static final Path CASES = Path.of("../shared/cases");
    private static final Path FILES = CASES.resolve("files");
    private static final Path PHOTO = FILES.resolve("photo/rgb.png");

    @Test
    void noDamagedFileHangsOrFillsTheMemory() throws IOException {
        Path folder = CASES.resolve("faults/readers");
        assumeTrue(Files.isDirectory(folder));
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(txt|pth)"))
                    .toList();
        }
        for (Path file : files) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Damage.readOrRefused(file), file::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zip_zeroed.tif",
        "loop.tif",
        "strips_200M.tif",
        "striplen_200M.tif",
        "zip_bad.tif",
        "lzw_bad.tif",
        "desc_2e9.tif",
        "meta_50838.tif",
        "lzw_46k.tif",
        "zip_46k_32bit.tif",
        "lie_46k.gif",
        "nrrd_origin2.nrrd",
        "nrrd_traversal.nhdr"
    })
    void theWorstAreRefused(String name) {
        Path file = CASES.resolve("faults/readers").resolve(name);
        assumeTrue(Files.exists(file));
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains(name), message);
    }

    @ParameterizedTest
    @CsvSource({
        "cyx.ome.tif, 'X 56, Y 40, CHANNEL 3', 0.25, 1129.0428",
        "photo/ome_cyx.ome.tif, 'X 400, Y 267, CHANNEL 3', 0.5, 38433.965",
        "photo/cells-2c.ome.tif, 'X 93, Y 131, CHANNEL 2', 0.25, 214.07224",
        "yxc2.tif, 'X 56, Y 40, CHANNEL 2', 1, 127.5",
        "img_f32_deflate_fpred.tif, 'X 56, Y 40', 1, 17.677103",
        "img_float16.tif, 'X 56, Y 40', 1, 129.04286",
        "photo/gray_float16.tif, 'X 400, Y 267', 1, 0.596118",
        "img_palette.tif, 'X 56, Y 40, CHANNEL 3', 1, 106.42381",
        "img_rgba16.tif, 'X 56, Y 40, CHANNEL 3', 1, 21284.762",
        "img_cmyk.jpg, 'X 56, Y 40, CHANNEL 3', 1, 106.25952",
        "img_jpeg_gray.tif, 'X 56, Y 40', 1, 129.04465",
        "thumb_first.tif, 'X 56, Y 40, CHANNEL 3', 1, 106.42381",
        "exif6.jpg, 'X 40, Y 56, CHANNEL 3', 1, 106.41964",
        "exif8.jpg, 'X 40, Y 56, CHANNEL 3', 1, 106.41964",
        "img_orient6.tif, 'X 40, Y 56, CHANNEL 3', 1, 106.42381",
    })
    void filesAreReadAsTheyAreShown(String name, String axes, double size, double mean) throws IOException {
        Path file = FILES.resolve(name);
        assumeTrue(Files.exists(file));
        CalibratedImage image = ImageFiles.read(file);
        assertEquals(axes, image.describe());
        assertEquals(size, image.axes().get(0).size());
        assertEquals(mean, Arrays.stream(Pixels.of(image)).average().orElseThrow(), 1e-3);
    }

    /** How far the same photograph in other files may be from the first: their compressions lose something. */
    @ParameterizedTest
    @CsvSource({"palette.tif, 3", "ycbcr.tif, 2", "c_jpeg.tif, 2", "exif6.jpg, 2", "miniswhite.tif, 1"})
    void thePhotographIsTheSameInAllFiles(String name, double mean) throws IOException {
        Path file = FILES.resolve("photo").resolve(name);
        assumeTrue(Files.exists(file));
        double[] expected = Pixels.of(ImageFiles.read(PHOTO));
        double[] read = Pixels.of(ImageFiles.read(file));
        int pixels = expected.length / 3;
        double difference = 0;
        for (int i = 0; i < read.length; i++) {
            int at = i % pixels;
            double value = read.length == pixels
                    ? 0.299 * expected[at] + 0.587 * expected[at + pixels] + 0.114 * expected[at + 2 * pixels]
                    : expected[i];
            difference += Math.abs(value - read[i]);
        }
        assertTrue(difference / read.length < mean, "differs by " + difference / read.length);
    }

    @Test
    void theUprightOneIsTheStoredOneTurnedRight() throws IOException {
        Path file = FILES.resolve("img_orient6.tif");
        assumeTrue(Files.exists(file));
        double[] stored = Pixels.of(ImageFiles.read(FILES.resolve("thumb_first.tif")));
        double[] turned = Pixels.of(ImageFiles.read(file));
        for (int i = 0; i < 40 * 56; i++) {
            assertEquals(stored[i], turned[i % 56 * 40 + 39 - i / 56]);
        }
    }

    @ParameterizedTest
    @CsvSource({"mask_int64.tif, '0 1 2'", "mask_rgba_transparent.png, '0 255'", "mask_la_transparent.png, '0 255'"})
    void labelsAreTheirNumbers(String name, String values) throws IOException {
        Path file = FILES.resolve(name);
        assumeTrue(Files.exists(file));
        assertArrayEquals(
                Arrays.stream(values.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray(),
                Arrays.stream(Pixels.of(ImageFiles.readLabels(file)))
                        .distinct()
                        .sorted()
                        .toArray());
    }
}
