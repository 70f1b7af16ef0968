package io.github.transfuse.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The samples of a JPEG stream as they are stored, without conversion of colours. */
final class JpegPixels {
    private static final Pattern LEFT_OVER = Pattern.compile("(\\d+) extraneous bytes");
    private static final int PADDING = 16;

    private JpegPixels() {}

    /**
     * Decodes a whole stream.
     *
     * @param most pixels that it may have
     * @throws IOException if it is cut off or damaged
     */
    static Raster decode(long most, byte... stream) throws IOException {
        ImageReader reader = PictureReader.reader("jpeg");
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream))) {
            reader.setInput(in, true, true);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            if ((long) reader.getWidth(0) * reader.getHeight(0) > most) {
                throw new IOException("a JPEG of " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels");
            }
            Raster raster = reader.readRaster(0, null);
            requireWhole(warnings);
            return raster;
        } finally {
            reader.dispose();
        }
    }

    /** The decoder fills what is missing or wrong with something and only warns. */
    static void requireWhole(List<String> warnings) throws IOException {
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            Matcher left = LEFT_OVER.matcher(lower);
            boolean harmless = left.find() && Integer.parseInt(left.group(1)) <= PADDING;
            if ((lower.contains("corrupt") || lower.contains("premature end") || lower.contains("inconsistent"))
                    && !harmless) {
                throw new IOException(warning);
            }
        }
    }
}
