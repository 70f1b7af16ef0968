package io.github.transfuse.image;

import ij.io.RoiDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Looks at the numbers in a selection of ImageJ by which its decoder would take room: it believes them all, and the length
 * of a small file may be in gigabytes.
 */
final class RoiBytes {
    private static final int FIRST_POINTS = 0b111_1011_0001;
    private static final int TEXT_LENGTHS = RoiDecoder.COORDINATES + 8;

    private static final int SECOND = RoiDecoder.COUNTERS_OFFSET + Integer.BYTES;
    private static final float MAX_CURVE = 100_000;

    private final ByteBuffer bytes;

    private RoiBytes(byte... bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Whether bytes begin as a selection does. */
    static boolean is(byte... bytes) {
        return bytes.length > RoiDecoder.TYPE && bytes[0] == 'I' && bytes[1] == 'o';
    }

    /**
     * Checks a selection.
     *
     * @throws IOException if it says that it has more than its bytes can hold
     */
    static void check(byte... bytes) throws IOException {
        RoiBytes roi = new RoiBytes(bytes);
        int type = roi.bytes.capacity() > RoiDecoder.TYPE ? roi.bytes.get(RoiDecoder.TYPE) : 0;
        roi.require(roi.number(RoiDecoder.SHAPE_ROI_SIZE), Float.BYTES);
        boolean points = type >= 0 && type <= 10 && (FIRST_POINTS >> type & 1) == 1;
        if (points) {
            roi.checkPoints();
        }
        if (roi.number(RoiDecoder.SUBTYPE) >>> Short.SIZE == RoiDecoder.TEXT) {
            roi.require(roi.number(TEXT_LENGTHS), Character.BYTES);
            roi.require(roi.number(TEXT_LENGTHS + Integer.BYTES), Character.BYTES);
        }
        roi.checkSecond(roi.number(RoiDecoder.HEADER2_OFFSET));
    }

    /** Where name, group and position are; ImageJ goes on without them if they are cut. */
    private void checkSecond(int at) throws IOException {
        if (at == 0) {
            return;
        }
        if (at < 0 || at > bytes.capacity() - SECOND) {
            throw new EOFException();
        }
        requirePart(number(at + RoiDecoder.NAME_OFFSET), number(at + RoiDecoder.NAME_LENGTH));
        requirePart(number(at + RoiDecoder.ROI_PROPS_OFFSET), number(at + RoiDecoder.ROI_PROPS_LENGTH));
        require(number(at + RoiDecoder.IMAGE_SIZE), 1);
    }

    private void requirePart(int at, int letters) throws EOFException {
        require(letters, Character.BYTES);
        if (at > 0 && letters > 0 && at + (long) Character.BYTES * letters > bytes.capacity()) {
            throw new EOFException();
        }
    }

    /** Two coordinates of two bytes each, then perhaps two of four. A curve through them gets room by its length. */
    private void checkPoints() throws IOException {
        int count = number(RoiDecoder.N_COORDINATES) >>> Short.SIZE;
        if (count == 0) {
            count = number(RoiDecoder.SIZE);
            require(count, Integer.BYTES);
        }
        int options = number(RoiDecoder.OPTIONS) >>> Short.SIZE;
        if ((options & RoiDecoder.SPLINE_FIT) == 0 || (options & RoiDecoder.SUB_PIXEL_RESOLUTION) == 0) {
            return;
        }
        for (long i = count; i < 3L * count; i++) {
            float place = Float.intBitsToFloat(number(RoiDecoder.COORDINATES + Float.BYTES * i));
            if (!(Math.abs(place) <= MAX_CURVE)) {
                throw new IOException("a curve in it leads out of every image");
            }
        }
    }

    /** Whether it is a picture over an image, which ImageJ would decode without a look at what it says of its size. */
    static boolean isPicture(byte... bytes) {
        return new RoiBytes(bytes).number(RoiDecoder.SUBTYPE) >>> Short.SIZE == RoiDecoder.IMAGE;
    }

    /** 0 behind the end. */
    private int number(long at) {
        return at < 0 || at > bytes.capacity() - Integer.BYTES ? 0 : bytes.getInt((int) at);
    }

    private void require(int count, int size) throws EOFException {
        if (count > bytes.capacity() / size) {
            throw new EOFException();
        }
    }
}
