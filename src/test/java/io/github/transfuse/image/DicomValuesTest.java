package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.imglib2.type.numeric.integer.ShortType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are what the file says, however it stores them. */
class DicomValuesTest {
    private static final int SLOPE = 0x0028_1053;
    private static final int INTERCEPT = 0x0028_1052;
    private static final int MODALITY = 0x0008_0060;
    private static final int PHOTOMETRIC = 0x0028_0004;

    @TempDir
    Path folder;

    private CalibratedImage image(DicomBytes file) throws IOException {
        return ImageFiles.read(Files.write(folder.resolve("a.dcm"), file.file()));
    }

    private double[] read(DicomBytes file) throws IOException {
        return Pixels.of(image(file).channelsLast());
    }

    private static DicomBytes shorts(int... samples) {
        DicomBytes file = DicomBytes.grey(samples.length, 1, 16);
        return file.pixels(file.shorts(samples));
    }

    /** Six files in one run: what was read before must not matter. */
    @Test
    void samplesAreRescaledEachTime() throws IOException {
        for (int i = 0; i < 3; i++) {
            DicomBytes large = shorts(0, 100, 65_535).decimals(SLOPE, 0.37).decimals(INTERCEPT, -5);
            assertArrayEquals(new double[] {-5, 32, 24_242.95}, read(large), 2e-3);
            DicomBytes small = DicomBytes.grey(3, 1, 8).pixels(new byte[] {0, 2, -1, 0});
            assertArrayEquals(
                    new double[] {-7, -2, 630.5},
                    read(small.decimals(SLOPE, 2.5).decimals(INTERCEPT, -7)));
        }
    }

    @Test
    void wholeUnitsStayWholeNumbersWithSign() throws IOException {
        CalibratedImage ct = image(shorts(24, 1024, 4095).decimals(SLOPE, 1).decimals(INTERCEPT, -1024));
        assertArrayEquals(new double[] {-1000, 0, 3071}, Pixels.of(ct));
        assertTrue(ct.pixels().getAt(0, 0) instanceof ShortType, "as NIfTI has them");
        CalibratedImage beyond = image(shorts(0, 65_535).decimals(SLOPE, 1).decimals(INTERCEPT, -1024));
        assertArrayEquals(new double[] {-1024, 64_511}, Pixels.of(beyond));
        DicomBytes signed =
                shorts(0xffff, 5).whole(0x0028_0103, 1).decimals(SLOPE, 2).decimals(INTERCEPT, -1);
        assertArrayEquals(new double[] {-3, 9}, read(signed));
    }

    @Test
    void eachSliceHasItsOwnSlope() throws IOException {
        Path series = Files.createDirectories(folder.resolve("pet"));
        for (int k = 0; k < 3; k++) {
            Files.write(
                    series.resolve(k + ".dcm"),
                    placed(2.0 * k, "ID1").decimals(SLOPE, 0.5 * (k + 1)).file());
        }
        assertArrayEquals(new double[] {5, 10, 10, 20, 15, 30}, Pixels.of(ImageFiles.read(series)));
    }

    private static DicomBytes placed(double z, String patient) {
        return shorts(10, 20)
                .text(0x0010_0020, "LO", patient)
                .decimals(0x0020_0032, 1, 2, z)
                .decimals(0x0020_0037, 1, 0, 0, 0, 1, 0)
                .decimals(0x0028_0030, 3, 4);
    }

    @Test
    void twoPatientsAreNoSeries() throws IOException {
        Path series = Files.createDirectories(folder.resolve("both"));
        Files.write(series.resolve("1.dcm"), placed(1, "Jones").file());
        Files.write(series.resolve("2.dcm"), placed(2, "Smith").file());
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(series))
                .getMessage();
        assertTrue(message.contains("2 patients"), message);
        assertFalse(message.contains("Jones") || message.contains("Smith"), message);
    }

    /** A survey of other size beside a scan is another series, not a slice that does not fit. */
    @Test
    void twoSeriesAreToldBeforeTheirSizes() throws IOException {
        Path series = folder.resolve("both");
        DicomScan.write(series, "A", (x, y, z) -> x, 3, 3, 2);
        Files.write(
                series.resolve("survey.dcm"),
                placed(9, "A").text(0x0020_000E, "UI", "9.9").file());
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(series))
                .getMessage();
        assertTrue(message.contains("2 DICOM series"), message);
    }

    @Test
    void contoursSayWhatToDo() throws IOException {
        byte[] contours = new DicomBytes(DicomBytes.EXPLICIT)
                .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.481.3")
                .file();
        Path file = Files.write(folder.resolve("contours.dcm"), contours);
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.readLabels(file))
                .getMessage();
        assertTrue(message.contains("RTSTRUCT") && message.contains("as masks convert it"), message);
    }

    /** An index of a disk among the slices is passed over. */
    @Test
    void anIndexIsNoSlice() throws IOException {
        Path series = Files.createDirectories(folder.resolve("disk"));
        Files.write(series.resolve("1"), placed(1, "A").file());
        Files.write(series.resolve("2.IMA"), placed(2, "A").withoutPreamble().file());
        Files.write(series.resolve("DICOMDIR"), new DicomBytes(DicomBytes.EXPLICIT).file());
        assertEquals(2, ImageFiles.read(series).size(Axis.Kind.Z));
    }

    /** One slice lies where it lies in its series. */
    @Test
    void aSingleSliceKeepsItsPlace() throws IOException {
        CalibratedImage slice = image(placed(7, "A").decimals(0x0018_0050, 2.5));
        assertEquals(
                List.of(-4.0, 0.0, 0.0, -1.0, 0.0, -3.0, 0.0, -2.0, 0.0, 0.0, 2.5, 7.0),
                slice.placement().orElseThrow().affine());
        assertEquals(List.of(new Axis(Axis.Kind.X, 4, "mm"), new Axis(Axis.Kind.Y, 3, "mm")), slice.axes());
    }

    @Test
    void bitsThatDoNotCountAreDropped() throws IOException {
        DicomBytes overlay = DicomBytes.grey(3, 1, 12);
        assertArrayEquals(new double[] {0xfff, 1, 0}, read(overlay.pixels(overlay.shorts(0xffff, 0x8001, 0xf000))));
        DicomBytes signed = DicomBytes.grey(2, 1, 12).whole(0x0028_0103, 1);
        assertArrayEquals(new double[] {-1, 2047}, read(signed.pixels(signed.shorts(0x0fff, 0xf7ff))));
        DicomBytes high = DicomBytes.grey(2, 1, 12).whole(0x0028_0102, 15);
        assertArrayEquals(new double[] {0xabc, 1}, read(high.pixels(high.shorts(0xabcd, 0x001f))));
    }

    @ParameterizedTest
    @CsvSource({"DX,true", "CR,true", "'',true", "CT,false", "PT,false", "MR,false"})
    void whiteAsZeroIsInvertedWhereNothingIsMeasured(String modality, boolean inverted) throws IOException {
        DicomBytes file =
                DicomBytes.grey(3, 1, 12).text(PHOTOMETRIC, "CS", "MONOCHROME1").text(MODALITY, "CS", modality);
        CalibratedImage image = image(file.pixels(file.shorts(0, 1000, 4095)));
        assertArrayEquals(inverted ? new double[] {4095, 3095, 0} : new double[] {0, 1000, 4095}, Pixels.of(image));
        assertEquals(inverted, image.notes().isEmpty(), image.notes().toString());
        DicomBytes signed = DicomBytes.grey(2, 1, 8)
                .text(PHOTOMETRIC, "CS", "MONOCHROME1")
                .whole(0x0028_0103, 1)
                .pixels((byte) -128, (byte) 100);
        assertArrayEquals(new double[] {127, -101}, read(signed));
    }

    private static DicomBytes colors(String photometric, int planar, int... samples) {
        DicomBytes file = DicomBytes.grey(2, 1, 8)
                .text(PHOTOMETRIC, "CS", photometric)
                .whole(0x0028_0002, 3)
                .whole(0x0028_0006, planar);
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        return file.pixels(bytes);
    }

    @Test
    void coloursAreRedGreenAndBlue() throws IOException {
        double[] rgb = {255, 10, 0, 20, 0, 30};
        assertArrayEquals(rgb, read(colors("RGB", 0, 255, 0, 0, 10, 20, 30)));
        assertArrayEquals(rgb, read(colors("RGB", 1, 255, 10, 0, 20, 0, 30)));
        CalibratedImage image = image(colors("YBR_FULL", 0, 76, 85, 255, 255, 128, 128));
        assertTrue(image.rgb());
        assertArrayEquals(new double[] {254, 255, 0, 255, 0, 255}, Pixels.of(image.channelsLast()));
        // one pair of differences for both pixels
        assertArrayEquals(new double[] {254, 178, 0, 0, 0, 0}, read(colors("YBR_FULL_422", 0, 76, 0, 85, 255)));
        String message = assertThrows(
                        UnsupportedImageException.class, () -> read(colors("YBR_PARTIAL_420", 0, 1, 2, 3, 4, 5, 6)))
                .getMessage();
        assertTrue(message.contains("YBR_PARTIAL_420"), message);
    }

    @Test
    void aPaletteIsLookedUpAndItsIndicesAreLabels() throws IOException {
        DicomBytes file = DicomBytes.grey(4, 1, 8).text(PHOTOMETRIC, "CS", "PALETTE COLOR");
        for (int c = 0; c < 3; c++) {
            file.whole(0x0028_1101 + c, 3, 1, 16);
            file.put(0x0028_1201 + c, "OW", file.shorts(0x1000 * (c + 1), 0x2000 + c, 0xff00 - 0x100 * c));
        }
        file.pixels(new byte[] {0, 1, 2, 9});
        assertArrayEquals(
                new double[] {0x10, 0x10, 0x20, 0xff, 0x20, 0x20, 0x20, 0xfe, 0x30, 0x30, 0x20, 0xfd}, read(file));
        assertArrayEquals(new double[] {0, 1, 2, 9}, Pixels.of(ImageFiles.readLabels(folder.resolve("a.dcm"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {DicomBytes.EXPLICIT, DicomBytes.IMPLICIT, DicomBytes.BIG, DicomBytes.DEFLATED})
    void allSyntaxesGiveTheSameWithAndWithoutPreamble(String syntax) throws IOException {
        for (int i = 0; i < 2; i++) {
            DicomBytes file = DicomBytes.of(syntax, 3, 2, 16).decimals(SLOPE, 0.5);
            file.pixels(file.shorts(1, 256, 65_535, 4, 5, 6));
            assertArrayEquals(
                    new double[] {0.5, 128, 32_767.5, 2, 2.5, 3}, read(i == 0 ? file : file.withoutPreamble()));
        }
    }

    @Test
    void bytesThatAreStoredAsWordsAreInTheirOrder() throws IOException {
        DicomBytes file = DicomBytes.of(DicomBytes.BIG, 3, 1, 8);
        assertArrayEquals(
                new double[] {1, 2, 3}, read(file.put(0x7FE0_0010, "OW", (byte) 2, (byte) 1, (byte) 0, (byte) 3)));
    }

    /** 5 pixels, of which the frames begin within bytes. */
    @Test
    void singleBitsFollowEachOther() throws IOException {
        DicomBytes file = DicomBytes.grey(5, 1, 1).whole(0x0028_0100, 1).count(0x0028_0008, 2);
        file.pixels((byte) 0b101_10010, (byte) 0b01);
        assertArrayEquals(new double[] {0, 255, 0, 0, 255, 255, 0, 255, 255, 0}, read(file));
        assertArrayEquals(
                new double[] {0, 1, 0, 0, 1, 1, 0, 1, 1, 0}, Pixels.of(ImageFiles.readLabels(folder.resolve("a.dcm"))));
    }

    @Test
    void runLengthsAreUnpacked() throws IOException {
        byte[] frame = new byte[64 + 8];
        frame[0] = 2;
        frame[4] = 64;
        frame[8] = 66;
        byte[] packed = {-3, 1, 1, 10, 20, -1, 30, -128}; // high bytes 1 1 1 1; low bytes 10 20 30 30
        System.arraycopy(packed, 0, frame, 64, packed.length);
        DicomBytes file = DicomBytes.of("1.2.840.10008.1.2.5", 4, 1, 16).fragments(frame);
        assertArrayEquals(new double[] {266, 276, 286, 286}, read(file));
        frame[64] = -4; // five pixels
        String message = assertThrows(
                        UnsupportedImageException.class,
                        () -> read(
                                DicomBytes.of("1.2.840.10008.1.2.5", 4, 1, 16).fragments(frame)))
                .getMessage();
        assertTrue(message.contains("damaged"), message);
    }

    private static final String LOSSLESS = "1.2.840.10008.1.2.4.57";

    private static int[][] noise(int seed, int bits) {
        Random random = new Random(seed);
        int[][] plane = new int[6][5];
        for (int[] row : plane) {
            Arrays.setAll(row, x -> random.nextInt(1 << bits));
        }
        plane[2][2] = (1 << bits) - 1;
        plane[2][3] = 0;
        return plane;
    }

    /** What pydicom reads of the files that src/test/python/jpegls_values.py writes. */
    @ParameterizedTest
    @CsvSource({"jpeg-ls-grey.dcm,252,497482", "jpeg-ls-rgb.dcm,297,38259"})
    void jpegLsIsUnpacked(String name, int count, double sum) throws IOException {
        Path file = Path.of("src/test/resources/dicom").resolve(name);
        double[] values = Pixels.of(ImageFiles.read(file));
        assertEquals(count, values.length);
        assertEquals(sum, Arrays.stream(values).sum());
        Damage.assertReadOrRefused(Files.copy(file, folder.resolve(name)), 300);
    }

    private static double[] flat(int[]... plane) {
        return Arrays.stream(plane)
                .flatMapToInt(Arrays::stream)
                .asDoubleStream()
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void losslessJpegIsUnpackedByAllPredictors(int predictor) throws IOException {
        for (int bits : new int[] {8, 12, 16}) {
            for (int restart : new int[] {0, 5, 15}) {
                int[][] plane = noise(predictor, bits);
                DicomBytes file = DicomBytes.of(LOSSLESS, 5, 6, bits)
                        .fragments(LosslessStream.of(bits, predictor, restart, plane));
                assertArrayEquals(flat(plane), read(file));
            }
        }
    }

    @Test
    void losslessJpegOfColoursAndSigns() throws IOException {
        int[][] red = noise(1, 8);
        int[][] blue = noise(3, 8);
        DicomBytes colors = DicomBytes.of(LOSSLESS, 5, 6, 8)
                .whole(0x0028_0002, 3)
                .text(PHOTOMETRIC, "CS", "RGB")
                .fragments(LosslessStream.of(8, 1, 0, red, noise(2, 8), blue));
        double[] values = read(colors);
        assertArrayEquals(flat(red), Arrays.copyOf(values, 30));
        assertArrayEquals(flat(blue), Arrays.copyOfRange(values, 60, 90));
        int[][] plane = noise(4, 16);
        DicomBytes signed = DicomBytes.of(LOSSLESS, 5, 6, 16).whole(0x0028_0103, 1);
        double[] expected =
                Arrays.stream(flat(plane)).map(value -> (short) value).toArray();
        assertArrayEquals(expected, read(signed.fragments(LosslessStream.of(16, 1, 0, plane))));
    }

    /** Frames of several fragments: where they begin, a table says, or the beginning of a picture. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesMayBeInPieces(boolean table) throws IOException {
        int[][] first = noise(1, 8);
        int[][] second = noise(2, 8);
        byte[] one = LosslessStream.of(8, 1, 0, first);
        byte[] two = LosslessStream.of(8, 1, 0, second);
        byte[][] pieces = {Arrays.copyOf(one, 20), Arrays.copyOfRange(one, 20, one.length), two};
        DicomBytes file = DicomBytes.of(LOSSLESS, 5, 6, 8).count(0x0028_0008, 2);
        int offset = 20 + 8 + (one.length - 20 + 1) / 2 * 2 + 8;
        file = table ? file.fragments(new int[] {0, offset}, pieces) : file.fragments(pieces);
        double[] values = read(file);
        assertArrayEquals(flat(first), Arrays.copyOf(values, 30));
        assertArrayEquals(flat(second), Arrays.copyOfRange(values, 30, 60));
        DicomBytes three =
                DicomBytes.of(LOSSLESS, 5, 6, 8).count(0x0028_0008, 3).fragments(pieces[2], pieces[2]);
        assertThrows(UnsupportedImageException.class, () -> read(three));
        Damage.assertReadOrRefused(folder.resolve("a.dcm"), 200);
    }

    @Test
    void jpegIsUnpacked() throws IOException {
        java.awt.image.BufferedImage grey =
                new java.awt.image.BufferedImage(16, 8, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 128; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 100 + i % 16);
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        assertTrue(javax.imageio.ImageIO.write(grey, "jpg", out));
        double[] values = read(DicomBytes.of("1.2.840.10008.1.2.4.50", 16, 8, 8).fragments(out.toByteArray()));
        for (int i = 0; i < 128; i++) {
            assertEquals(100 + i % 16, values[i], 3);
        }
        DicomBytes deep =
                DicomBytes.of("1.2.840.10008.1.2.4.51", 5, 6, 12).fragments(LosslessStream.of(12, 1, 0, noise(1, 12)));
        String message =
                assertThrows(UnsupportedImageException.class, () -> read(deep)).getMessage();
        assertTrue(message.contains("JPEG of 12 bits"), message);
    }

    /** Slices in a file: sorted by their places, each with its own line of values. */
    @Test
    void framesLieWhereTheirGroupsSay() throws IOException {
        DicomBytes file = DicomBytes.grey(2, 1, 16).count(0x0028_0008, 3);
        file.sequence(
                0x5200_9229,
                item().sequence(0x0020_9116, item().decimals(0x0020_0037, 0, 1, 0, 0, 0, -1))
                        .sequence(0x0028_9145, item().decimals(SLOPE, 100))
                        .sequence(0x0028_9110, item().decimals(0x0028_0030, 3, 4)));
        DicomBytes[] frames = new DicomBytes[3];
        for (int i = 0; i < frames.length; i++) { // sagittal: the normal points to the right
            frames[i] = item().sequence(0x0020_9113, item().decimals(0x0020_0032, new double[] {4, 0, 2}[i], 5, 6))
                    .sequence(0x0028_9145, item().decimals(SLOPE, i + 1).decimals(INTERCEPT, 0));
        }
        file.sequence(0x5200_9230, frames).pixels(file.shorts(1, 2, 3, 4, 5, 6));
        CalibratedImage image = image(file);
        assertArrayEquals(new double[] {1, 2, 15, 18, 6, 8}, Pixels.of(image));
        assertEquals("PIR", image.placement().orElseThrow().codes());
        assertEquals(List.of(4.0, 3.0, 2.0), image.placement().orElseThrow().spacing());
        assertEquals(new Axis(Axis.Kind.Z, 2, "mm"), image.axes().get(2));
    }

    /** Two places, each at two times, which come one after the other in the file. */
    @Test
    void framesAtOnePlaceAreTimePoints() throws IOException {
        DicomBytes file = DicomBytes.grey(2, 1, 8).count(0x0028_0008, 4);
        DicomBytes[] frames = new DicomBytes[4];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = item().sequence(0x0020_9113, item().decimals(0x0020_0032, 0, 0, i < 2 ? 0.0 : 3.0))
                    .sequence(0x0020_9116, item().decimals(0x0020_0037, 1, 0, 0, 0, 1, 0))
                    .sequence(0x0028_9110, item().decimals(0x0028_0030, 1, 1));
        }
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
        CalibratedImage image = image(file.sequence(0x5200_9230, frames).pixels(pixels));
        assertEquals(
                List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME),
                image.axes().stream().map(Axis::kind).toList());
        assertArrayEquals(new double[] {1, 2, 5, 6, 3, 4, 7, 8}, Pixels.of(image));
        assertEquals(List.of(1.0, 1.0, 3.0), image.placement().orElseThrow().spacing());
        assertTrue(image.notes().toString().contains("taken as time points"), image.notes() + "");
        frames[3] = frames[0];
        String message = assertThrows(
                        UnsupportedImageException.class,
                        () -> image(file.sequence(0x5200_9230, frames).pixels(pixels)))
                .getMessage();
        assertTrue(message.contains("not as many at each place"), message);
    }

    private static DicomBytes item() {
        return new DicomBytes(DicomBytes.EXPLICIT);
    }

    @ParameterizedTest
    @CsvSource({"US,TIME", "OT,Z"})
    void framesWithoutPlacesAreAMovieOrSlices(String modality, Axis.Kind kind) throws IOException {
        DicomBytes file = DicomBytes.grey(2, 1, 8).count(0x0028_0008, 3).text(MODALITY, "CS", modality);
        CalibratedImage image = image(file.pixels(new byte[] {1, 2, 3, 4, 5, 6}));
        assertEquals(3, image.size(kind));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, Pixels.of(image));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.4.90,JPEG 2000",
        "1.2.840.10008.1.2.4.202,1.2.840.10008.1.2.4.202",
        "1.2.840.10008.1.2.4.103,1.2.840.10008.1.2.4.103"
    })
    void otherCompressionsAreNamed(String syntax, String word) {
        DicomBytes file = DicomBytes.of(syntax, 2, 1, 8).fragments(new byte[8]);
        String message =
                assertThrows(UnsupportedImageException.class, () -> read(file)).getMessage();
        assertTrue(message.contains(word) && message.contains("uncompressed"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.5.1.4.1.1.66.4,segmentation",
        "1.2.840.10008.5.1.4.1.1.66.7,segmentation",
        "1.2.840.10008.5.1.4.1.1.77.1.6,QuPath"
    })
    void whatIsNoPictureOfItsOwnIsRefused(String kind, String word) {
        DicomBytes file = shorts(1, 2).text(0x0008_0016, "UI", kind).whole(0x0048_0006, 100);
        String message =
                assertThrows(UnsupportedImageException.class, () -> read(file)).getMessage();
        assertTrue(message.contains(word), message);
    }

    @Test
    void damagedBytesAreReadOrRefused() throws IOException {
        DicomBytes packed =
                DicomBytes.of("1.2.840.10008.1.2.5", 4, 1, 8).fragments(Arrays.copyOf(new byte[] {1, 0, 0, 0, 64}, 70));
        Damage.assertReadOrRefused(Files.write(folder.resolve("r.dcm"), packed.file()), 300);
        DicomBytes frames = DicomBytes.grey(2, 1, 8).count(0x0028_0008, 2);
        frames.sequence(0x5200_9230, item().sequence(0x0020_9113, item().decimals(0x0020_0032, 1, 5, 6)), item());
        Damage.assertReadOrRefused(
                Files.write(folder.resolve("m.dcm"), frames.pixels(new byte[4]).file()), 300);
    }
}
