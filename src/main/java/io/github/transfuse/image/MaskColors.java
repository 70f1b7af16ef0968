package io.github.transfuse.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import net.imglib2.Cursor;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * In which colours a mask with a colour table shows its numbers. Programs that pack colours number them by how often they are or
 * where they come first, so that a colour may have other numbers in other files.
 */
public final class MaskColors {
    private static final int HEADER = 30;

    private MaskColors() {}

    /**
     * Colours as 0xRRGGBB, and the number that {@link ImageFiles#readLabels} gives for each.
     *
     * @param file a mask
     * @return empty for a file without a colour table; without colours that have several numbers
     * @throws IOException if it cannot be read
     */
    public static Map<Integer, Integer> of(Path file) throws IOException {
        Map<Integer, Integer> numbers = new TreeMap<>();
        int several = -1;
        if (!Files.isRegularFile(file) || !hasTable(file)) {
            return numbers;
        }
        CalibratedImage picture = ImageFiles.read(file);
        int[] shown = values(picture, picture.rgb() ? 1 : 0x010101);
        int[] stored = values(ImageFiles.readLabels(file), 1);
        for (int i = 0; i < Math.min(shown.length, stored.length); i++) {
            numbers.merge(shown[i], stored[i], (before, now) -> before.equals(now) ? before : several);
        }
        numbers.values().removeIf(number -> number == several);
        return numbers;
    }

    /** PNG of colour type 3, GIF, BMP of up to 8 bits, TIFF whose first page has colours. */
    private static boolean hasTable(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String hex = HexFormat.of().formatHex(in.readNBytes(HEADER));
            return hex.matches("89504e47.{42}03.*|47494638.*|424d.{52}0[148]00.*")
                    || (hex.matches("(49492[ab]00|4d4d002[ab]).*") && TiffReader.hasTable(file));
        }
    }

    /** Grey times a factor, or colours in one number. */
    private static int[] values(CalibratedImage image, int factor) {
        long channels = image.size(Axis.Kind.CHANNEL);
        int[] values = null;
        for (long c = 0; c < channels; c++) {
            CalibratedImage plane = image.slice(Axis.Kind.CHANNEL, c);
            Cursor<? extends RealType<?>> cursor =
                    IterableRandomAccessibleInterval.create(plane.pixels()).cursor();
            values = values == null
                    ? new int[Math.toIntExact(plane.size(Axis.Kind.X) * plane.size(Axis.Kind.Y))]
                    : values;
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        values[i] << Byte.SIZE | factor * (int) cursor.next().getRealDouble();
            }
        }
        return values;
    }
}
