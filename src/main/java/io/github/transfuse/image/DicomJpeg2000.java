package io.github.transfuse.image;

import io.github.transfuse.dicom.PixelForm;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A frame that is a stream of JPEG 2000. */
final class DicomJpeg2000 {
    private DicomJpeg2000() {}

    /**
     * The samples of a frame; colours as the stream has them, which is red, green and blue where it transforms them itself.
     *
     * @param file for messages
     */
    static Object[] decode(Path file, PixelForm form, byte... stream) throws IOException {
        Raster raster = Jpeg2000.decode(
                        file, "export it uncompressed (Explicit VR Little Endian)", withoutPadding(stream))
                .getRaster();
        boolean fits = raster.getWidth() == form.columns() && raster.getHeight() == form.rows();
        if (!fits || raster.getNumBands() != form.samples() || form.stored() > Short.SIZE) {
            throw new IOException("a JPEG 2000 stream of " + raster.getWidth() + " x " + raster.getHeight()
                    + " pixels of " + raster.getNumBands() + " samples, which the file does not say");
        }
        Object[] planes = new Object[form.samples()];
        int[] row = new int[form.columns()];
        for (int s = 0; s < planes.length; s++) {
            byte[] bytes = new byte[form.stored() <= Byte.SIZE ? form.pixels() : 0];
            short[] shorts = new short[form.pixels() - bytes.length];
            for (int y = 0; y < form.rows(); y++) {
                raster.getSamples(0, y, row.length, 1, s, row);
                for (int x = 0; x < row.length; x++) {
                    int at = y * row.length + x;
                    if (bytes.length > 0) {
                        bytes[at] = (byte) form.value(row[x]);
                    } else {
                        shorts[at] = (short) form.value(row[x]);
                    }
                }
            }
            planes[s] = bytes.length > 0 ? bytes : shorts;
        }
        return planes;
    }

    /** What follows the mark of the end makes the length even. */
    private static byte[] withoutPadding(byte... stream) {
        int last = stream.length - 1;
        boolean padded = last > 2 && stream[last] == 0 && stream[last - 1] == (byte) 0xd9 && stream[last - 2] == -1;
        return padded ? Arrays.copyOf(stream, last) : stream;
    }
}
