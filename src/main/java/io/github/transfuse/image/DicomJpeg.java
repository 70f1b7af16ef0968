package io.github.transfuse.image;

import io.github.transfuse.dicom.PixelForm;
import io.github.transfuse.dicom.UnknownDicomException;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame that is a stream of JPEG.
 *
 * @param precision bits of a sample
 * @param transform whether colours are brightness and differences: 1 yes, 0 no, -1 not said
 */
record DicomJpeg(int precision, int transform) {
    private static final int PADDING = 64;

    /** Pixels that a byte can stand for at most. */
    private static final int EXPANSION = 2000;

    /** What the markers of a stream say. */
    private static DicomJpeg of(byte... stream) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(stream);
        int precision = 0;
        int transform = -1;
        int at = 2;
        while (at + 4 <= stream.length && precision == 0) {
            int marker = in.getShort(at) & 0xffff;
            int length = in.getShort(at + 2) & 0xffff;
            if (marker < 0xffc0 || at + 2 + length > stream.length || length < 2) {
                throw new IOException("a JPEG stream is damaged before its pixels");
            }
            if (marker == 0xffe0 && length >= 6 && in.getInt(at + 4) == 0x4a464946) { // JFIF
                transform = 1;
            } else if (marker == 0xffee && length >= 14 && in.getInt(at + 4) == 0x41646f62) { // Adobe
                transform = Math.min(1, in.get(at + 15));
            } else if (marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc) {
                precision = in.get(at + 4);
            }
            at += 2 + length;
        }
        return new DicomJpeg(precision, transform);
    }

    /** The samples of a frame; colours as red, green and blue. */
    static Object[] decode(PixelForm form, byte... stream) throws IOException {
        DicomJpeg jpeg = of(stream);
        if (jpeg.precision != Byte.SIZE) {
            throw new UnknownDicomException("its pixels are compressed by JPEG of " + jpeg.precision + " bits");
        }
        if (form.pixels() > (long) EXPANSION * stream.length) {
            throw new IOException("a JPEG stream ends too early");
        }
        Raster raster = JpegPixels.decode(form.pixels() + (long) PADDING * (form.columns() + form.rows()), stream);
        boolean fits = raster.getWidth() == form.columns() && raster.getHeight() == form.rows();
        if (!fits || raster.getNumBands() != form.samples() || form.stored() != Byte.SIZE) {
            throw new IOException("a JPEG stream of " + raster.getWidth() + " x " + raster.getHeight() + " pixels of "
                    + raster.getNumBands() + " samples, which the file does not say");
        }
        byte[][] planes = new byte[form.samples()][form.pixels()];
        int[] row = new int[form.columns()];
        for (int s = 0; s < planes.length; s++) {
            for (int y = 0; y < form.rows(); y++) {
                raster.getSamples(0, y, row.length, 1, s, row);
                for (int x = 0; x < row.length; x++) {
                    planes[s][y * row.length + x] = (byte) row[x];
                }
            }
        }
        boolean said = form.photometric().startsWith("YBR");
        if (planes.length == 3 && (jpeg.transform == 1 || (jpeg.transform < 0 && said))) {
            TiffYcbcr.convert(planes[0], planes[1], planes[2]);
        }
        return planes;
    }
}
