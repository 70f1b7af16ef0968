package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks as {@code tifffile.imwrite(file, stack, metadata={"axes": "CYX"})} writes them: pages in the order of the array. */
class ShapedTiffTest {
    @TempDir
    Path folder;

    /** The first page has the description; the value of a page is its number. */
    private CalibratedImage read(int pages, int samples, String description) throws IOException {
        TinyTiff[] all = new TinyTiff[pages];
        for (int i = 0; i < pages; i++) {
            int[] values = new int[samples];
            for (int s = 0; s < samples; s++) {
                values[s] = samples * i + s;
            }
            all[i] = TinyTiff.of(1, 1, samples, 8).block(values);
        }
        all[0].text(270, description);
        return ImageFiles.read(TinyTiff.write(folder.resolve("a.tif"), all));
    }

    @ParameterizedTest
    @CsvSource({
        "CYX, '3, 1, 1', 'X 1, Y 1, CHANNEL 3'",
        "TYX, '3, 1, 1', 'X 1, Y 1, TIME 3'",
        "ZCYX, '2, 3, 1, 1', 'X 1, Y 1, CHANNEL 3, Z 2'",
        "CZYX, '2, 3, 1, 1', 'X 1, Y 1, CHANNEL 2, Z 3'",
        "TZCYX, '2, 2, 3, 1, 1', 'X 1, Y 1, CHANNEL 3, Z 2, TIME 2'",
        "TCZYX, '2, 2, 3, 1, 1', 'X 1, Y 1, CHANNEL 2, Z 3, TIME 2'",
        "CTZYX, '2, 2, 3, 1, 1', 'X 1, Y 1, CHANNEL 2, Z 3, TIME 2'",
    })
    void axesAreThoseOfTheArray(String axes, String shape, String described) throws IOException {
        int[] sizes =
                Arrays.stream(shape.split(", ", -1)).mapToInt(Integer::parseInt).toArray();
        int pages = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        CalibratedImage image = read(pages, 1, "{\"shape\": [" + shape + "], \"axes\": \"" + axes + "\"}");
        assertEquals(described, image.describe());
        double[] values = Pixels.of(image);
        int at = 0;
        int[] size = new int[128];
        for (int t = 0; t < size(axes, sizes, 'T'); t++) {
            for (int z = 0; z < size(axes, sizes, 'Z'); z++) {
                for (int c = 0; c < size(axes, sizes, 'C'); c++) {
                    size['T'] = t;
                    size['Z'] = z;
                    size['C'] = c;
                    int page = 0;
                    for (int i = 0; i < axes.indexOf('Y'); i++) {
                        page = page * sizes[i] + size[axes.charAt(i)];
                    }
                    assertEquals(page, values[at++], axes + " at " + t + " " + z + " " + c);
                }
            }
        }
    }

    private static int size(String axes, int[] sizes, char axis) {
        return axes.indexOf(axis) < 0 ? 1 : sizes[axes.indexOf(axis)];
    }

    @Test
    void samplesAreTheColoursOfEachTime() throws IOException {
        CalibratedImage image = read(2, 3, "{\"shape\": [2, 1, 1, 3], \"axes\": \"TYXS\"}");
        assertEquals("X 1, Y 1, CHANNEL 3, TIME 2", image.describe());
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, Pixels.of(image));
    }

    /** What does not fit, or is not understood, leaves the pages as slices. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shape\": [3, 1, 1]}",
                "{\"shape\": [3, 1, 1], \"axes\": \"ZYX\"}",
                "{\"shape\": [3, 1, 1], \"axes\": \"QYX\"}",
                "{\"shape\": [4, 1, 1], \"axes\": \"CYX\"}",
                "{\"shape\": [0, 1, 1], \"axes\": \"CYX\"}",
                "{\"shape\": [], \"axes\": \"CYX\"}",
                "{\"shape\": {}, \"axes\": \"CYX\"}",
                "{\"shape\": [\"a\", 1, 1], \"axes\": \"CYX\"}",
                "{\"axes\": \"CYX\"}",
                "{\"axes\": [\"C\"]}",
                "{\"shape\": [1, 3, 1, 1], \"axes\": \"CCYX\"}",
                "{ \"axes\""
            })
    void otherWordsLeaveSlices(String description) throws IOException {
        assertEquals("X 1, Y 1, Z 3", read(3, 1, description).describe());
    }

    @Test
    void slicesNeedNoWords() {
        assertEquals(Optional.empty(), ShapedTiff.of("{\"shape\": [3, 1, 1], \"axes\": \"ZYX\"}"));
        assertEquals(Optional.empty(), ShapedTiff.of("ImageJ=1.54p"));
    }
}
