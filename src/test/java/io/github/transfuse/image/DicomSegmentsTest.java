package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.dicom.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Segmentations hold the labels at their places, with the references of the scan. {@code src/test/python/seg_check.py} reads
 * one with highdicom.
 */
class DicomSegmentsTest {
    @TempDir
    Path folder;

    /** Five by three pixels; the names of files go against the places of slices. */
    private Path series(int slices) throws IOException {
        Path series = Files.createDirectories(folder.resolve("series"));
        for (int k = 0; k < slices; k++) {
            DicomBytes file = DicomBytes.grey(5, 3, 16)
                    .text(0x0008_0018, "UI", "1.2.3." + k)
                    .text(0x0010_0010, "PN", "Name^Some")
                    .text(0x0020_000D, "UI", "1.2.9")
                    .text(0x0020_0052, "UI", "1.2.8")
                    .decimals(0x0020_0032, 1, 2, 10 - 2.5 * k)
                    .decimals(0x0020_0037, 1, 0, 0, 0, 1, 0)
                    .decimals(0x0028_0030, 3, 4);
            Files.write(series.resolve(k + ".dcm"), file.pixels(new byte[30]).file());
        }
        return series;
    }

    /** Label 2 in the first slice, label 7 in the first and the last. */
    private static final byte[] LABELS = new byte[45];

    static {
        LABELS[0] = 2;
        LABELS[4] = 2;
        LABELS[14] = 7;
        LABELS[30 + 7] = 7;
    }

    private Path written(CalibratedImage image, byte... labels) throws IOException {
        Path file = folder.resolve("labels.dcm");
        ResultFiles.writeSegments(
                file,
                new CalibratedImage("labels", ArrayImgs.unsignedBytes(labels, 5, 3, 3), image.axes(), false, List.of()),
                image.placement().orElseThrow(),
                label -> "organ " + label);
        return file;
    }

    @Test
    void eachLabelIsASegmentAtItsPlace() throws IOException {
        Path file = written(ImageFiles.read(series(3)), LABELS);
        try (DicomFile read = DicomFile.open(file)) {
            assertEquals("1.2.840.10008.5.1.4.1.1.66.4", read.kind());
            DicomData data = read.data();
            assertEquals("ID1", data.text(0x0010_0020));
            assertEquals("Name^Some", data.text(0x0010_0010));
            assertEquals("1.2.9", data.text(0x0020_000D));
            assertFalse(data.text(0x0020_000E).equals("1.2.3"), "a series of its own");
            Frames frames = read.frames();
            assertEquals(3, frames.form().frames());
            byte[] first = new byte[15];
            first[0] = 1;
            first[4] = 1;
            assertArrayEquals(first, (byte[]) frames.samples(0)[0]);
            byte[] second = new byte[15];
            second[14] = 1;
            assertArrayEquals(second, (byte[]) frames.samples(1)[0]);
            byte[] third = new byte[15];
            third[7] = 1;
            assertArrayEquals(third, (byte[]) frames.samples(2)[0]);
            double[] heights = new double[3];
            for (int i = 0; i < heights.length; i++) {
                heights[i] = DicomPlace.of(data, i).orElseThrow().origin()[2];
            }
            assertArrayEquals(new double[] {5, 5, 10}, heights, "slices go up, files down");
        }
        assertTrue(assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage()
                .contains("segmentation"));
    }

    @Test
    void whatCannotBeWrittenIsRefused() throws IOException {
        CalibratedImage image = ImageFiles.read(series(3));
        assertTrue(ResultFiles.holdsSegments(image));
        assertFalse(ResultFiles.holdsSegments(image.withPlacement(Optional.empty())));
        assertThrows(UnsupportedImageException.class, () -> written(image, new byte[45]), "no labels");
        Files.delete(folder.resolve("series/0.dcm"));
        String message = assertThrows(UnsupportedImageException.class, () -> written(image, LABELS))
                .getMessage();
        assertTrue(message.contains("in the files now"), message);
    }
}
