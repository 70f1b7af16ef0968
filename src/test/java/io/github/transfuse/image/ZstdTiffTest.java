package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Python's tifffile wrote, by a rule that is worked out here anew. */
class ZstdTiffTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "tiff");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"zstd.tif, 1", "zstd-tiles.tif, 4"})
    void stripsAndTilesAreRead(String name, int divisor) throws IOException {
        CalibratedImage image = ImageFiles.read(FOLDER.resolve(name));
        long n = 0;
        for (RealType<?> pixel : Views.flatIterable(image.pixels())) {
            assertEquals((n * 7 + n / 5) % 251 * 100 / (double) divisor, pixel.getRealDouble(), "pixel " + n);
            n++;
        }
        assertEquals(40 * 31, n);
    }

    @Test
    void damagedOnesAreReadRightOrRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(FOLDER.resolve("zstd.tif"));
        Path file = temporary.resolve("damaged.tif");
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Files.write(file, i % 3 > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            try {
                ImageFiles.read(file);
            } catch (UnsupportedImageException e) {
                assertTrue(e.getMessage().contains("damaged.tif"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 600, "refused: " + refused);
    }

    @Test
    void aStripThatIsCutIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve("zstd.tif"));
        int frame = 0;
        while (bytes[frame] != 0x28 || bytes[frame + 1] != (byte) 0xb5 || bytes[frame + 2] != 0x2f) {
            frame++;
        }
        Arrays.fill(bytes, frame + 8, frame + 40, (byte) 0xff);
        Path file = Files.write(temporary.resolve("cut.tif"), bytes);
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains("cut.tif") && message.contains("zstd"), message);
    }
}
