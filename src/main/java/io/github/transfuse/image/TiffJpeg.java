package io.github.transfuse.image;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads pages whose strips or tiles are JPEG streams, with tables of their own or those of the page. */
final class TiffJpeg {
    private static final int MARKER = 2;
    private static final long ROUND = 64;

    private TiffJpeg() {}

    /** The samples as stored, one plane of bytes for each. */
    static Object[] read(Object file, TiffPage page) throws IOException {
        if (page.compression() != TiffCodec.JPEG) {
            throw TiffPage.kind(file, TiffCodec.name(page.compression()));
        }
        if (page.bits() != Byte.SIZE || page.format() != TiffPage.Format.UNSIGNED) {
            throw TiffPage.kind(file, "JPEG of " + page.bits() + " bits");
        }
        byte[][] planes =
                new byte[page.samples()][page.size().width() * page.size().height()];
        // Strips and tiles may be rounded up to whole blocks
        long most = (page.grid().width() + ROUND) * (page.grid().height() + ROUND);
        byte[] tables = page.directory().raw(TiffDirectory.JPEG_TABLES);
        for (int block = 0; block < page.blocks(); block++) {
            byte[] stream = page.directory()
                    .bytes()
                    .pixels(page.places()[block], Math.toIntExact(page.lengths()[block]))
                    .array();
            put(page, block, JpegPixels.decode(most, joined(tables, stream)), planes);
        }
        return planes;
    }

    /** Tables without their end, then the stream without its beginning. */
    private static byte[] joined(byte[] tables, byte[] stream) throws IOException {
        if (stream.length < 2 * MARKER) {
            throw new IOException("a strip of JPEG that is empty");
        }
        if (tables.length < 2 * MARKER) {
            return stream;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(tables, 0, tables.length - MARKER);
        joined.write(stream, MARKER, stream.length - MARKER);
        return joined.toByteArray();
    }

    private static void put(TiffPage page, int block, Raster raster, byte[]... planes) throws IOException {
        TiffPage.Grid grid = page.grid();
        int left = block % grid.across() * grid.width();
        int top = block / grid.across() % grid.down() * grid.height();
        int width = Math.min(grid.width(), page.size().width() - left);
        int height = Math.min(grid.height(), page.size().height() - top);
        int samples = page.planar() ? 1 : page.samples();
        int first = page.planar() ? block / (grid.across() * grid.down()) : 0;
        boolean small = raster.getWidth() < width || raster.getHeight() < height;
        boolean large = raster.getWidth() > grid.width() + ROUND || raster.getHeight() > grid.height() + ROUND;
        if (small || large || raster.getNumBands() != samples) {
            throw new IOException("a strip of JPEG of another size than it should have");
        }
        int[] row = new int[width];
        for (int s = 0; s < samples; s++) {
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, s, row);
                int to = (top + y) * page.size().width() + left;
                for (int x = 0; x < width; x++) {
                    planes[first + s][to + x] = (byte) row[x];
                }
            }
        }
    }
}
