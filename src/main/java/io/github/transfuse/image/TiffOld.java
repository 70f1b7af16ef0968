package io.github.transfuse.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pages in the compressions of fax machines, and in JPEG as TIFF first had it, with the JDK's decoder. */
final class TiffOld {
    private static final int FIRST_FAX = 2;
    private static final int LAST_FAX = 4;
    private static final int OLD_JPEG = 6;

    private TiffOld() {}

    static boolean isOld(TiffPage page) {
        return isFax(page) || (page.compression() == OLD_JPEG && page.bits() == Byte.SIZE && page.samples() == 3);
    }

    private static boolean isFax(TiffPage page) {
        int compression = page.compression();
        return compression >= FIRST_FAX && compression <= LAST_FAX && page.bits() == 1 && page.samples() == 1;
    }

    /**
     * A page as it looks; of two levels, 0 and 1 as labels, 0 and 255 as an image.
     *
     * @param index of the page in the file
     */
    static TiffColors.Planes read(Path file, int index, TiffPage page, boolean labels) throws IOException {
        ImageReader reader = PictureReader.reader("tiff");
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage picture = reader.read(index);
            if (!warnings.isEmpty()) {
                throw new IOException(warnings.get(0));
            }
            if (picture.getWidth() != page.size().width()
                    || picture.getHeight() != page.size().height()) {
                throw new IOException("its page is " + picture.getWidth() + " x " + picture.getHeight());
            }
            return isFax(page)
                    ? new TiffColors.Planes(List.of(plane(picture, 0, labels ? 1 : 255)), false)
                    : new TiffColors.Planes(
                            List.of(plane(picture, 16, 0), plane(picture, 8, 0), plane(picture, 0, 0)), true);
        } finally {
            reader.dispose();
        }
    }

    /** A colour; of two levels the white ones become another number. */
    private static byte[] plane(BufferedImage picture, int shift, int white) {
        byte[] plane = new byte[picture.getWidth() * picture.getHeight()];
        for (int i = 0; i < plane.length; i++) {
            int value = picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) >> shift & 0xff;
            plane[i] = (byte) (white == 0 ? value : value > 127 ? white : 0);
        }
        return plane;
    }
}
