package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The numbers of a page, as stored: one plane for each sample. Up to 8 bits are bytes, up to 16 shorts, all others floats.
 * Every strip or tile must hold exactly its pixels.
 */
final class TiffPlanes {
    private final TiffPage page;
    private final Object[] planes;
    private final ByteOrder order;

    private TiffPlanes(TiffPage page) {
        this.page = page;
        order = page.directory().bytes().order();
        planes = new Object[page.samples()];
        int pixels = page.size().width() * page.size().height();
        for (int i = 0; i < planes.length; i++) {
            planes[i] = isFloats(page) ? new float[pixels] : page.bits() <= 8 ? new byte[pixels] : new short[pixels];
        }
    }

    static boolean isFloats(TiffPage page) {
        return page.format() == TiffPage.Format.FLOAT || page.bits() > 16;
    }

    /** Bytes in memory of a sample. */
    static int bytes(TiffPage page) {
        return isFloats(page) ? Float.BYTES : page.bits() <= 8 ? Byte.BYTES : Short.BYTES;
    }

    static boolean isUnpacked(TiffPage page) {
        return TiffCodec.expansion(page.compression()) > 0;
    }

    /** Unpacks all strips or tiles and throws the pixels away. */
    static void check(TiffPage page) throws IOException {
        if (page.compression() != TiffCodec.NONE) {
            for (int block = 0; block < page.blocks(); block++) {
                unpacked(page, block);
            }
        }
    }

    static Object[] read(TiffPage page) throws IOException {
        TiffPlanes planes = new TiffPlanes(page);
        for (int block = 0; block < page.blocks(); block++) {
            planes.put(block, unpacked(page, block));
        }
        return planes.planes;
    }

    /** The bytes of a strip or tile. */
    static byte[] unpacked(TiffPage page, int block) throws IOException {
        long row = page.rowBytes(page.grid().width());
        long needed = row * page.rows(block);
        long most = row * page.grid().height();
        if (most > PlaneLimit.PIXELS || page.stored(block) > PlaneLimit.PIXELS) {
            throw new IOException("a strip of more than 2 GB");
        }
        byte[] stored = page.directory()
                .bytes()
                .pixels(page.places()[block], (int) page.stored(block))
                .array();
        if (page.directory().number(TiffDirectory.FILL_ORDER, 1) == 2) {
            for (int i = 0; i < stored.length; i++) {
                stored[i] = (byte) (Integer.reverse(stored[i]) >>> 24);
            }
        }
        return TiffCodec.unpack(page.compression(), stored, (int) needed, (int) most);
    }

    private void put(int block, byte[] bytes) throws IOException {
        TiffPage.Grid grid = page.grid();
        int perPlane = grid.across() * grid.down();
        int left = block % grid.across() * grid.width();
        int top = block / grid.across() % grid.down() * grid.height();
        int width = Math.min(grid.width(), page.size().width() - left);
        int height = Math.min(grid.height(), page.size().height() - top);
        int samples = page.planar() ? 1 : page.samples();
        int first = page.planar() ? block / perPlane : 0;
        int rowBytes = (int) page.rowBytes(grid.width());
        long[] row = new long[grid.width() * samples];
        long[] line = new long[width];
        TiffRows rows = new TiffRows(page, order, samples);
        for (int y = 0; y < height; y++) {
            rows.read(bytes, y * rowBytes, row);
            int to = (top + y) * page.size().width() + left;
            for (int s = 0; s < samples; s++) {
                for (int x = 0; x < width; x++) {
                    line[x] = row[x * samples + s];
                }
                store(planes[first + s], to, line);
            }
        }
    }

    private void store(Object plane, int to, long... line) {
        if (plane instanceof float[] floats) {
            for (int x = 0; x < line.length; x++) {
                floats[to + x] = number(line[x]);
            }
        } else {
            for (int x = 0; x < line.length; x++) {
                TiffColors.put(plane, to + x, line[x]);
            }
        }
    }

    private float number(long bits) {
        return switch (page.format()) {
            case FLOAT ->
                switch (page.bits()) {
                    case 16 -> half((int) bits);
                    case 32 -> Float.intBitsToFloat((int) bits);
                    default -> (float) Double.longBitsToDouble(bits);
                };
            case SIGNED -> page.bits() == 32 ? (int) bits : bits;
            case UNSIGNED -> bits >= 0 ? bits : (float) ((bits >>> 1) * 2.0);
        };
    }

    static float half(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        float value = exponent == 0
                ? fraction * 0x1p-24f
                : exponent == 31
                        ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                        : Math.scalb(1 + fraction / 1024f, exponent - 15);
        return bits << 16 < 0 ? -value : value;
    }
}
