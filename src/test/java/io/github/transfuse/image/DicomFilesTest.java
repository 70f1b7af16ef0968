package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real files of many kinds have the values that pydicom reads: {@code src/test/python/dicom_values.py}. */
class DicomFilesTest {
    private static final Path DATA = Path.of("../shared/data/formats/dicom");
    private static final List<Axis.Kind> ORDER =
            List.of(Axis.Kind.TIME, Axis.Kind.Z, Axis.Kind.Y, Axis.Kind.X, Axis.Kind.CHANNEL);

    private static List<String[]> rows() throws IOException {
        try (InputStream in = DicomFilesTest.class.getResourceAsStream("/dicom/pydicom.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(AddedReaders.PROPERTY);
    }

    @Test
    void valuesArePydicoms() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "no data");
        Path decoders = Path.of("target", "added-readers");
        System.setProperty(AddedReaders.PROPERTY, decoders.toString());
        String known = (Files.isDirectory(decoders) ? "" : "JPEG 2000|")
                + "in several parts|JPEG of 12|segmentation|QuPath|3 x 32 bits";
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int read = 0;
        for (String[] row : rows()) {
            try {
                String difference = difference(ImageFiles.read(DATA.resolve(row[0])), row);
                if (!difference.isEmpty()) {
                    wrong.add(row[0] + ": " + difference);
                }
                read++;
            } catch (UnsupportedImageException e) {
                refused.add(e.getMessage());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(read > 55, () -> refused.toString());
        List<String> unexpected = refused.stream()
                .filter(message -> !message.matches("(?s).*(" + known + ").*"))
                .toList();
        assertEquals(List.of(), unexpected);
    }

    /** JPEG decoders may differ by a level or two. */
    private static String difference(CalibratedImage image, String... row) {
        double[] sums = sums(image);
        double count = 1;
        for (String size : row[1].split("x", -1)) {
            count *= Double.parseDouble(size);
        }
        double range = Math.max(1, Double.parseDouble(row[3]) - Double.parseDouble(row[2]));
        boolean same = count == sums[0];
        boolean colors = row[0].endsWith("US1_J2KI.dcm"); // the two decoders differ by half a level in each difference
        boolean lossy = colors || row[0].matches(".*(jpe?g|ybr|eb.cy|GH195).*");
        double mean = colors ? 1 : lossy ? 0.1 : 2e-6 * range;
        double[] most = {lossy ? 4 : mean, lossy ? 4 : mean, mean * count, mean * count * 505};
        for (int i = 0; i < most.length; i++) {
            same &= Math.abs(sums[i + 1] - Double.parseDouble(row[i + 2])) <= most[i];
        }
        return same ? "" : image.describe() + " " + java.util.Arrays.toString(sums) + " for " + String.join(",", row);
    }

    /** Count, least, most, sum, and sum weighted by the place: time slowest, channels fastest. */
    private static double[] sums(CalibratedImage image) {
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        double[] sums = {0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0};
        long[] size = ORDER.stream().mapToLong(image::size).toArray();
        long total = 1;
        for (long length : size) {
            total *= length;
        }
        for (long n = 0; n < total; n++) {
            long rest = n;
            for (int d = size.length - 1; d >= 0; d--) {
                OptionalInt dimension = image.dimension(ORDER.get(d));
                if (dimension.isPresent()) {
                    access.setPosition(rest % size[d], dimension.getAsInt());
                }
                rest /= size[d];
            }
            double value = access.get().getRealDouble();
            sums[0]++;
            sums[1] = Math.min(sums[1], value);
            sums[2] = Math.max(sums[2], value);
            sums[3] += value;
            sums[4] += value * (n * 31 % 1009 + 1);
        }
        return sums;
    }
}
