package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segmentations that highdicom wrote ({@code src/test/python/seg_files.py}), and our own, are labels of their scans. */
class DicomMaskTest {
    private static final Path DATA = Path.of("src/test/resources/dicom/seg");
    private static final Path MASK = DATA.resolve("case-seg.dcm");

    @TempDir
    Path folder;

    /** As the script has them, with slices from below: 1 in the second and fourth, 2 beside it in the fourth. */
    private static double[] expected() {
        double[] labels = new double[7 * 6 * 5];
        for (int i = 0; i < labels.length; i++) {
            int x = i % 7;
            int y = i / 7 % 6;
            int k = 4 - i / 42;
            labels[i] = k % 2 == 1 && x < 3 && y > 1 ? 1 : k == 1 && x > 4 ? 2 : 0;
        }
        return labels;
    }

    private static CalibratedImage over(Path mask, CalibratedImage image) throws IOException {
        return DicomMask.over(ImageFiles.readLabels(mask), mask, image);
    }

    @Test
    void segmentsOfHighdicomAreLabelsOfTheirScan() throws IOException {
        CalibratedImage image = ImageFiles.read(DATA.resolve("case"));
        CalibratedImage labels = over(MASK, image);
        assertArrayEquals(expected(), Pixels.of(labels));
        assertEquals(
                image.placement().orElseThrow().affine(),
                labels.placement().orElseThrow().affine());
        assertEquals(Map.of(1, "liver", 2, "spleen"), DicomMask.names(MASK));
        assertTrue(SegmentNames.is(MASK));
        assertEquals("spleen", SegmentNames.of(MASK).get(2).name());
    }

    @Test
    void aloneTheyReachFromTheirFirstSliceToTheirLast() throws IOException {
        CalibratedImage labels = ImageFiles.readLabels(MASK);
        assertEquals(3, labels.size(Axis.Kind.Z), "the one between holds nothing");
        assertEquals(List.of(0.5, 0.75, 2.5), labels.placement().orElseThrow().spacing());
    }

    @Test
    void ourOwnAreReadBack() throws IOException {
        CalibratedImage image = ImageFiles.read(DATA.resolve("case"));
        byte[] labels = new byte[210];
        labels[50] = 1;
        labels[209] = 2;
        labels[0] = 2;
        Path file = folder.resolve("case-labels.dcm");
        CalibratedImage written =
                new CalibratedImage("labels", ArrayImgs.unsignedBytes(labels, 7, 6, 5), image.axes(), false, List.of());
        ResultFiles.writeSegments(file, written, image.placement().orElseThrow(), label -> "organ " + label);
        double[] read = Pixels.of(over(file, image));
        for (int i = 0; i < labels.length; i++) {
            assertEquals(labels[i], read[i], "voxel " + i);
        }
    }

    /** The scan as NIfTI, which stores the slices the other way round, has no references; places tell. */
    @Test
    void aScanInAnotherFormatIsMatchedByItsPlace() throws IOException {
        CalibratedImage image = ImageFiles.read(DATA.resolve("case"));
        Orientation turn =
                Orientation.nearest(image.placement().orElseThrow(), "LPI").orElseThrow();
        CalibratedImage turned = turn.apply(image);
        Placement place = turned.placement().orElseThrow();
        CalibratedImage other = turned.withPlacement(
                java.util.Optional.of(Placement.of(Placement.Format.META, place.matrix(), new byte[0])));
        double[] labels = Pixels.of(over(MASK, other));
        double[] expected = expected();
        for (int i = 0; i < labels.length; i++) {
            assertEquals(expected[i % 42 + 42 * (4 - i / 42)], labels[i], "voxel " + i);
        }
    }

    private static void assertRefused(String words, org.junit.jupiter.api.function.Executable reading) {
        String message = assertThrows(UnsupportedImageException.class, reading).getMessage();
        assertTrue(message.contains(words), message);
    }

    @Test
    void whatIsNoMaskOfTheScanIsRefused() throws IOException {
        CalibratedImage image = ImageFiles.read(DATA.resolve("case"));
        assertRefused("another series", () -> over(DATA.resolve("other-seg.dcm"), image));
        assertRefused("segments 1 and 2 overlap", () -> ImageFiles.readLabels(DATA.resolve("overlapping.dcm")));
        assertRefused("shares of segments", () -> ImageFiles.readLabels(DATA.resolve("shares.dcm")));
        assertRefused("it can be a mask", () -> ImageFiles.read(MASK));
        Path two = Files.createDirectories(folder.resolve("two"));
        for (int k = 0; k < 2; k++) {
            Files.copy(DATA.resolve("case/" + k + ".dcm"), two.resolve(k + ".dcm"));
        }
        CalibratedImage part = ImageFiles.read(two);
        assertRefused("are not those of two", () -> over(MASK, part));
    }

    @Test
    void damagedOnesAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(MASK);
        Path file = folder.resolve("m.dcm");
        for (int i = 0; i < 400; i++) {
            byte[] changed = whole.clone();
            changed[(int) (i * 2654435761L % whole.length)] ^= (byte) (1 + i % 255);
            Files.write(file, changed);
            try {
                ImageFiles.readLabels(file);
            } catch (UnsupportedImageException e) {
                assertTrue(e.getMessage().contains("m.dcm"), e.getMessage());
            }
        }
        for (int length = whole.length - 40; length > 200; length -= 97) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThrows(UnsupportedImageException.class, () -> ImageFiles.readLabels(file), "cut to " + length);
        }
    }
}
