package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeFilesTest {
    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    Path folder;

    /** A volume of 3 x 2 x 2 voxels of 16 bits, 0 to 11, of 0.5 x 0.5 x 2 mm, turned in space. */
    static ByteBuffer nifti(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(352 + 24).order(order);
        file.putInt(0, 348);
        short[] dim = {3, 3, 2, 2, 1, 1, 1, 1};
        float[] pixdim = {1, 0.5f, 0.5f, 2, 0, 0, 0, 0};
        float[] srow = {0, -0.5f, 0, 7, 0.5f, 0, 0, -8, 0, 0, 2, 9};
        for (int i = 0; i < dim.length; i++) {
            file.putShort(40 + 2 * i, dim[i]);
            file.putFloat(76 + 4 * i, pixdim[i]);
        }
        file.putShort(70, (short) 4).putShort(72, (short) 16);
        file.putFloat(108, 352).put(123, (byte) 2).putShort(254, (short) 1);
        for (int i = 0; i < srow.length; i++) {
            file.putFloat(280 + 4 * i, srow[i]);
        }
        file.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 12; i++) {
            file.putShort(352 + 2 * i, (short) i);
        }
        return file;
    }

    private Path saved(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static double[] counted(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i);
        return values;
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void readsBothByteOrdersPackedOrNot(boolean little, boolean gzip) throws IOException {
        byte[] bytes =
                nifti(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).array();
        CalibratedImage image = ImageFiles.read(saved("volume.dat", gzip ? packed(bytes) : bytes));
        assertArrayEquals(new long[] {3, 2, 2}, image.pixels().dimensionsAsLongArray());
        assertArrayEquals(counted(12), Pixels.of(image));
        assertEquals(new Axis(Axis.Kind.Z, 2, "mm"), image.axes().get(2));
        assertEquals(
                List.of(0.0, -0.5, 0.0, 7.0, 0.5, 0.0, 0.0, -8.0, 0.0, 0.0, 2.0, 9.0),
                image.placement().orElseThrow().affine());
    }

    @Test
    void scalesValuesAsTheHeaderSays() throws IOException {
        ByteBuffer file = nifti(ByteOrder.LITTLE_ENDIAN).putFloat(112, 0.5f).putFloat(116, -3);
        double[] values = Pixels.of(ImageFiles.read(saved("scaled.nii", bytes(file))));
        assertEquals(-3, values[0]);
        assertEquals(2.5, values[11]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void labelsLieWhereTheVolumeLies(boolean little) throws IOException {
        ByteBuffer file = nifti(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        file.putFloat(112, 2); // labels are not scaled
        CalibratedImage image = ImageFiles.read(saved("volume.nii", bytes(file)));
        Path written = folder.resolve("volume-labels.nii.gz");
        byte[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 200};
        CalibratedImage labels =
                new CalibratedImage("labels", ArrayImgs.unsignedBytes(values, 3, 2, 2), image.axes(), false, List.of());
        ResultFiles.writeVolumeLabels(written, labels, image.placement().orElseThrow());
        CalibratedImage read = ImageFiles.readLabels(written);
        assertEquals(image.axes(), read.axes());
        assertEquals(
                image.placement().orElseThrow().affine(),
                read.placement().orElseThrow().affine());
        assertEquals(200, Pixels.of(read)[11]);
        assertEquals(10, Pixels.of(read)[10]);
    }

    @Test
    void nrrdRoundTripKeepsSpaceAndValues() throws IOException {
        String header =
                """
                NRRD0004
                type: short
                dimension: 3
                space: left-posterior-superior
                sizes: 3 2 2
                space directions: (0.5,0,0) (0,0.5,0) (0,0,2)
                kinds: domain domain domain
                endian: big
                encoding: raw
                space origin: (1,2,3)

                """;
        ByteBuffer voxels = nifti(ByteOrder.BIG_ENDIAN).position(352).slice();
        byte[] raw = new byte[24];
        voxels.get(raw);
        Path attached = saved("v.nrrd", concatenated(header.getBytes(StandardCharsets.UTF_8), raw));
        CalibratedImage image = ImageFiles.read(attached);
        assertArrayEquals(counted(12), Pixels.of(image));
        assertEquals(new Axis(Axis.Kind.Z, 2, "mm"), image.axes().get(2));
        saved("d.raw", raw);
        Path detached =
                saved("d.nhdr", header.replace("\n\n", "\ndata file: d.raw\n").getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(counted(12), Pixels.of(ImageFiles.read(detached)));
        Path written = folder.resolve("v-labels.nrrd");
        ResultFiles.writeVolumeLabels(written, image, image.placement().orElseThrow());
        CalibratedImage read = ImageFiles.read(written);
        assertEquals(
                image.placement().orElseThrow().affine(),
                read.placement().orElseThrow().affine());
        assertArrayEquals(counted(12), Pixels.of(read));
    }

    private static byte[] bytes(ByteBuffer all) {
        byte[] copy = new byte[all.capacity()];
        all.duplicate().clear().get(copy);
        return copy;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest
    @CsvSource({"short,disagree", "cut.gz,truncated", "nan,long along", "flat,no volume"})
    void badVolumesAreRefused(String kind, String word) throws IOException {
        ByteBuffer file = nifti(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = bytes(file);
        bytes = switch (kind) {
            case "short" -> Arrays.copyOf(bytes, bytes.length - 2);
            case "cut.gz" -> Arrays.copyOf(packed(bytes), 90);
            case "nan" -> bytes(file.putFloat(88, Float.NaN));
            default -> bytes(file.putFloat(280 + 40, 0));
        };
        Path bad = saved(kind, bytes);
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(bad))
                .getMessage();
        assertTrue(message.contains(word) && message.contains(bad.toString()), message);
    }

    @Test
    void shearedAxesAreKeptAndTold() throws IOException {
        CalibratedImage image = ImageFiles.read(saved(
                "sheared.nii",
                nifti(ByteOrder.LITTLE_ENDIAN).putFloat(280 + 8, 1).array()));
        assertTrue(image.notes().get(0).contains("right angles"), image.notes().toString());
        assertEquals(1, image.placement().orElseThrow().affine().get(2));
    }

    @Test
    void readsTheSlicesOfASeriesInOrder() throws IOException {
        Path series = DATA.resolve("hippocampus_msd04/dicom_example");
        assumeTrue(Files.isDirectory(series), "no data");
        assertTrue(ImageFiles.isSeries(series));
        CalibratedImage image = ImageFiles.read(series);
        try (var files = Files.list(series)) {
            assertEquals(files.count(), image.size(Axis.Kind.Z));
        }
        assertTrue(image.axes().get(2).isCalibrated(), image.axes().toString());
    }
}
