package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that are wrong or unusual, through the command line. */
class BadVolumeTest {
    private static final int SIDE = 36;
    private static final int HEADER = 352;

    @TempDir
    static Path shared;

    private static Path model;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeModel() throws IOException {
        model = shared.resolve("model");
        RandomModels.write(model, InputSpec.Rule.RESIZE, 3);
    }

    /** A NIfTI file of float voxels of 1 x 1 x 3 mm. */
    private static ByteBuffer nifti(int slices) {
        ByteBuffer file =
                ByteBuffer.allocate(HEADER + SIDE * SIDE * slices * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348);
        short[] dimensions = {3, SIDE, SIDE, (short) slices, 1, 1, 1, 1};
        for (int d = 0; d < dimensions.length; d++) {
            file.putShort(40 + 2 * d, dimensions[d]);
        }
        file.putShort(70, (short) 16).putShort(72, (short) 32);
        file.putFloat(76, 1).putFloat(80, 1).putFloat(84, 1).putFloat(88, 3);
        file.putFloat(108, HEADER).putFloat(112, 1).put(123, (byte) 2).putShort(254, (short) 1);
        file.putFloat(280, 1).putFloat(300, 1).putFloat(320, 3);
        file.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < SIDE * SIDE * slices; i++) {
            file.putFloat(HEADER + Float.BYTES * i, i % 100);
        }
        return file;
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.duplicate().clear().get(bytes);
        return bytes;
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private record Told(int code, String out, String err) {}

    private static Told run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Told(code, out.toString(), err.toString());
    }

    private Told segment(Path image) {
        return run("segment", image.toString(), "--model", model.toString(), "--output", out().toString());
    }

    private Path out() {
        return folder.resolve("out");
    }

    @ParameterizedTest
    @CsvSource({
        "short.nii,disagree",
        "cut.nii.gz,truncated",
        "infinite.nii,1 pixel is NaN or infinite",
        "flat.nii,no volume"
    })
    void isRefused(String name, String word) throws IOException {
        ByteBuffer file = nifti(3);
        byte[] bytes = bytes(file);
        int last = bytes.length - Float.BYTES;
        bytes = switch (name) {
            case "short.nii" -> Arrays.copyOf(bytes, last);
            case "cut.nii.gz" -> Arrays.copyOf(packed(bytes), 300);
            case "infinite.nii" -> bytes(file.putFloat(last, Float.POSITIVE_INFINITY));
            default -> bytes(file.putFloat(320, 0));
        };
        Told told = segment(Files.write(folder.resolve(name), bytes));
        assertEquals(1, told.code(), told.err());
        assertTrue(told.err().contains(word) && told.err().contains(name), told.err());
        assertEquals(1, told.err().lines().count(), told.err());
        assertFalse(Files.exists(out().resolve("cut-labels.nii.gz")));
    }

    @ParameterizedTest
    @CsvSource({"long.nii,more follows", "nan.nii,1 voxel of nan.nii has no value", "zero.nii,0 long along Z"})
    void isReadAndTold(String name, String word) throws IOException {
        ByteBuffer file = nifti(3);
        byte[] bytes = bytes(file);
        bytes = switch (name) {
            case "long.nii" -> Arrays.copyOf(bytes, bytes.length + 2);
            case "nan.nii" -> bytes(file.putFloat(bytes.length - Float.BYTES, Float.NaN));
            default -> bytes(file.putFloat(88, 0));
        };
        Told told = segment(Files.write(folder.resolve(name), bytes));
        assertEquals(0, told.code(), told.err());
        assertTrue((told.out() + told.err()).contains(word), told.toString());
    }

    @Test
    void aShearedAffineIsToldAndKept() throws IOException {
        Path sheared = Files.write(folder.resolve("sheared.nii"), bytes(nifti(3).putFloat(288, 1)));
        Told told = segment(sheared);
        assertEquals(0, told.code(), told.err());
        assertTrue((told.out() + told.err()).contains("right angles"), told.toString());
        CalibratedImage labels = ImageFiles.read(out().resolve("sheared-labels.nii.gz"));
        assertEquals(1, labels.placement().orElseThrow().affine().get(2));
    }

    @Test
    void aSingleSliceIsAPlaneForModelsOfSlices() throws IOException {
        Told told = segment(Files.write(folder.resolve("one.nii"), bytes(nifti(1))));
        assertEquals(0, told.code(), told.err());
        assertTrue(Files.exists(out().resolve("one-labels.nii.gz")));
    }

    @Test
    void labelsOfAnotherShapeAreRefused() throws IOException {
        pair(bytes(nifti(4)), bytes(nifti(3)));
        Told told = evaluate("--mask-type", "binary");
        assertTrue(told.code() != 0, told.toString());
        assertTrue(told.err().contains("v.nii has 4 plane(s) of 36 x 36, but its mask"), told.toString());
    }

    /** Slices 4 mm apart instead of 3; a volume that begins 2 mm further to the right; one that is mirrored. */
    @ParameterizedTest
    @CsvSource({
        "320,4,has voxels of 1 x 1 x 3 mm,has voxels of 1 x 1 x 4 mm",
        "292,2,The voxels of,up to 2 mm apart",
        "280,-1,The voxels of,up to 35 mm apart"
    })
    void labelsOfAnotherPlaceOrSpacingAreRefused(int field, float value, String one, String other) throws IOException {
        pair(bytes(nifti(4)), bytes(labels(4).putFloat(field, value)));
        for (Told told : List.of(evaluate(), train())) {
            assertTrue(told.code() != 0, told.toString());
            for (String part : List.of(
                    one,
                    other,
                    "images" + File.separator + "v.nii",
                    "masks" + File.separator + "v.nii",
                    "Resample the mask")) {
                assertTrue(told.err().contains(part), told.err());
            }
        }
        assertFalse(Files.exists(folder.resolve("trained/weights.safetensors")));
    }

    @Test
    void labelsWithoutAPlaceAreTakenVoxelByVoxel() throws IOException {
        ByteBuffer unplaced = labels(4).putShort(254, (short) 0).putFloat(292, 50);
        ByteBuffer image = nifti(4);
        image.putFloat(image.capacity() - Float.BYTES, Float.NaN);
        pair(bytes(image), bytes(unplaced));
        Told told = evaluate();
        assertEquals(0, told.code(), told.err());
        for (String sentence :
                List.of("do not say where they lie are taken voxel by voxel", "1 voxel of v.nii has no value")) {
            assertTrue((told.out() + told.err()).contains(sentence), told.toString());
            assertTrue(Files.readString(out().resolve("report.html")).contains(sentence));
        }
    }

    @Test
    void labelValuesWithGapsAreMappedInOrderAndThatIsSaid() throws IOException {
        ByteBuffer gaps = labels(4);
        for (int i = 0; i < SIDE * SIDE * 4; i++) {
            gaps.put(HEADER + i, (byte) (i % 7 == 0 ? 2 : i % 11 == 0 ? 5 : 0));
        }
        pair(bytes(nifti(4)), bytes(gaps));
        Told told = train();
        assertEquals(0, told.code(), told.err());
        String said = told.out() + told.err();
        assertTrue(said.contains("classes in order are 0, 2, 5; the model numbers them from 0 to 2"), said);
        Told two = evaluate();
        assertTrue(two.code() != 0 && two.err().contains("(masks: classes in order are 0, 2, 5"), two.toString());

        // the trained model knows them, also where one is missing
        for (int i = HEADER; i < gaps.capacity(); i++) {
            gaps.put(i, gaps.get(i) == 5 ? (byte) 5 : 0);
        }
        pair(bytes(nifti(4)), bytes(gaps));
        Told known = evaluate(folder.resolve("trained"));
        assertEquals(0, known.code(), known.err());
        said = known.out() + known.err();
        assertTrue(said.contains("classes in order are 0, 2, 5, as in the training of the model"), said);
    }

    private void pair(byte[] image, byte[] mask) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        Files.write(folder.resolve("images/v.nii"), image);
        Files.write(folder.resolve("masks/v.nii"), mask);
        Files.write(folder.resolve("images/w.nii"), bytes(nifti(4)));
        ByteBuffer same = labels(4);
        Files.write(folder.resolve("masks/w.nii"), mask.length == same.capacity() ? mask : bytes(same));
    }

    /** A NIfTI file of 8-bit labels 0 and 1 on the voxels of {@link #nifti}. */
    private static ByteBuffer labels(int slices) {
        byte[] bytes = Arrays.copyOf(bytes(nifti(slices)), HEADER + SIDE * SIDE * slices);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(70, (short) 2).putShort(72, (short) 8);
        for (int i = HEADER; i < bytes.length; i++) {
            file.put(i, (byte) (i / 10 % 2));
        }
        return file;
    }

    private Told evaluate(String... more) {
        return evaluate(model, more);
    }

    private Told evaluate(Path with, String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "evaluate",
                                "--model",
                                with.toString(),
                                "--images",
                                folder.resolve("images").toString(),
                                "--masks",
                                folder.resolve("masks").toString(),
                                "--output",
                                out().toString()),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private Told train() {
        return run(
                "train",
                "--images",
                folder.resolve("images").toString(),
                "--masks",
                folder.resolve("masks").toString(),
                "--output",
                folder.resolve("trained").toString(),
                "--epochs",
                "1",
                "--batch-size",
                "2",
                "--input-size",
                "32x32");
    }
}
