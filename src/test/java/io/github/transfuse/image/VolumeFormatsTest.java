package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Volumes have the voxels and the place that nibabel, pynrrd and SimpleITK read, which wrote the files:
 * {@code src/test/python/volume_files.py}.
 */
class VolumeFormatsTest {
    private static final List<Axis.Kind> ORDER = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME);

    @TempDir
    Path folder;

    static Stream<String> rows() throws IOException {
        return new String(resource("volumes.csv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = VolumeFormatsTest.class.getResourceAsStream("/volumes/" + name)) {
            return in.readAllBytes();
        }
    }

    /** With the file of its voxels, where these are in one of their own. */
    private Path copied(String name) throws IOException {
        String stem = name.replaceFirst("\\.(hdr|mhd)$", "");
        for (String other : List.of(".img", ".raw", ".zraw")) {
            if (VolumeFormatsTest.class.getResource("/volumes/" + stem + other) != null) {
                Files.write(folder.resolve(stem + other), resource(stem + other));
            }
        }
        return Files.write(folder.resolve(name), resource(name));
    }

    private static double[] numbers(String words, String between) {
        return Arrays.stream(words.split(between, -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] affine(CalibratedImage image) {
        return image.placement().orElseThrow().affine().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void voxelsAndPlaceAreThoseOfTheLibrary(String row) throws IOException {
        String[] cells = row.split(",", -1);
        Path file = copied(cells[0]);
        assertTrue(cells[0].endsWith(".hdr") || ImageFiles.isVolume(file), "known by its name");
        CalibratedImage image = ImageFiles.read(file);
        double[] size = ORDER.stream()
                .limit(numbers(cells[1], "x").length)
                .mapToDouble(image::size)
                .toArray();
        assertArrayEquals(numbers(cells[1], "x"), size);
        assertArrayEquals(numbers(cells[2], " "), affine(image), 1e-5);
        assertArrayEquals(numbers(cells[3], " "), Pixels.of(image), 1e-6);
        assertEquals(new Axis(Axis.Kind.Z, 2.5, "mm"), image.axes().get(2));
        assertEquals(List.of(), image.notes());
        assertTrue(image.placement().orElseThrow().isAnatomical());
        Damage.assertReadOrRefused(file, 60);
    }

    @Test
    void theVoxelsOfAPairNameTheirHeader() throws IOException {
        copied("pair.hdr");
        assertEquals(24, Pixels.of(ImageFiles.read(folder.resolve("pair.img"))).length);
        Files.delete(folder.resolve("pair.img"));
        String message = refusal(folder.resolve("pair.hdr"));
        assertTrue(message.contains("Put pair.img beside it"), message);
        byte[] analyze = resource("pair.hdr");
        analyze[344] = 0;
        assertTrue(refusal(Files.write(folder.resolve("a.hdr"), analyze)).contains("Analyze"));
    }

    private static String refusal(Path file) {
        return assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
    }

    /** The voxels of a volume from elsewhere are never taken from other folders. */
    @ParameterizedTest
    @ValueSource(strings = {"../two.raw", "/etc/hosts", "none.raw", "LIST"})
    void voxelsOfOtherFoldersAreRefused(String name) throws IOException {
        copied("two.mhd");
        String header = new String(resource("two.mhd"), StandardCharsets.UTF_8);
        Path file = folder.resolve("other.mhd");
        Files.writeString(file, header.replace("two.raw", name));
        assertTrue(refusal(file).contains("not one file beside it"), refusal(file));
    }

    @Test
    void labelsOfMhaAreMhaThatLiesTheSame() throws IOException {
        CalibratedImage image = ImageFiles.read(copied("packed.mha"));
        byte[] values = new byte[24];
        Arrays.setAll(new int[24], i -> values[i] = (byte) (10 * i));
        Path file = folder.resolve(
                "labels" + image.placement().orElseThrow().format().extension());
        ResultFiles.writeVolumeLabels(
                file,
                new CalibratedImage("labels", ArrayImgs.unsignedBytes(values, 4, 3, 2), image.axes(), false, List.of()),
                image.placement().orElseThrow());
        assertTrue(file.toString().endsWith(".mha"));
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int voxels = text.indexOf("LOCAL\n") + 6;
        assertTrue(
                text.contains("CompressedDataSize = " + (text.length() - voxels) + "\n"),
                "ITK reads only as many bytes");
        CalibratedImage read = ImageFiles.readLabels(file);
        assertArrayEquals(affine(image), affine(read), 1e-12);
        assertEquals(230, Pixels.of(read)[23]);
        assertEquals(10, Pixels.of(read)[1]);
    }

    @Test
    void whatFollowsTheVoxelsIsPassedOverAndTold() throws IOException {
        byte[] bytes = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).array();
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 7);
        for (byte[] file : List.of(longer, VolumeFilesTest.packed(longer))) {
            CalibratedImage image = ImageFiles.read(Files.write(folder.resolve("longer.nii"), file));
            assertEquals(11, Pixels.of(image)[11]);
            assertTrue(
                    image.notes().toString().contains("more follows"),
                    image.notes().toString());
        }
    }

    @Test
    void aLengthOf0IsThatOfTheAffineAndTold() throws IOException {
        ByteBuffer file = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).putFloat(88, 0);
        CalibratedImage image = ImageFiles.read(Files.write(folder.resolve("zero.nii"), StoredVolume.bytes(file)));
        assertEquals(new Axis(Axis.Kind.Z, 2, "mm"), image.axes().get(2));
        assertTrue(
                image.notes().toString().contains("0 long along Z: the affine is taken, 2.0 mm"), image.notes() + "");
        file.putShort(254, (short) 0);
        CalibratedImage unplaced = ImageFiles.read(Files.write(folder.resolve("zero.nii"), StoredVolume.bytes(file)));
        assertTrue(unplaced.notes().toString().contains("1 is taken"), unplaced.notes() + "");
    }

    @Test
    void whatHasNoValueIsTheSmallestAndTold() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(352 + 48).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).array(), 0, 352);
        file.putShort(70, (short) 16).putShort(72, (short) 32);
        for (int i = 0; i < 12; i++) {
            file.putFloat(352 + 4 * i, i % 5 == 0 ? Float.NaN : i - 4);
        }
        Path volume = Files.write(folder.resolve("nan.nii"), StoredVolume.bytes(file));
        CalibratedImage image = ImageFiles.read(volume);
        double[] values = {-3, -3, -2, -1, 0, -3, 2, 3, 4, 5, -3, 7};
        assertArrayEquals(values, Pixels.of(image));
        assertTrue(image.notes().toString().contains("3 voxels of nan.nii have no value"), image.notes() + "");
        assertEquals(0, Pixels.of(ImageFiles.readLabels(volume))[5]);
        file.putFloat(352, Float.POSITIVE_INFINITY);
        assertTrue(refusal(Files.write(volume, StoredVolume.bytes(file))).contains("infinite"));
        file.putShort(254, (short) 0).putFloat(352, 1);
        assertEquals(-3, Pixels.of(ImageFiles.read(Files.write(volume, StoredVolume.bytes(file))))[5]);
    }

    /** nibabel stores 0, 1, 3, 4 as bytes of 4 / 255. */
    @Test
    void scaledLabelsAreTheWholeNumbersThatAreMeant() throws IOException {
        ByteBuffer file = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).putFloat(112, (float) (4 / 255.0));
        short[] stored = {0, 64, 191, 255};
        for (int i = 0; i < 12; i++) {
            file.putShort(352 + 2 * i, stored[i % 4]);
        }
        Path labels = Files.write(folder.resolve("labels.nii"), StoredVolume.bytes(file));
        assertArrayEquals(new double[] {0, 1, 3, 4}, Arrays.copyOf(Pixels.of(ImageFiles.readLabels(labels)), 4));
        assertEquals(2.996, Pixels.of(ImageFiles.read(labels))[2], 1e-3, "an image keeps its values");
        file.putShort(352, (short) 100);
        Files.write(labels, StoredVolume.bytes(file));
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.readLabels(labels))
                .getMessage();
        assertTrue(message.contains("scl_slope"), message);
    }
}
