package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Looks at what ImageJ's decoder of TIFF believes without a look at the length of the file. */
final class TiffMetadata {
    private static final int COUNTS = 50838;
    static final int METADATA = 50839;
    private static final int MAGIC = 0x494a494a;
    private static final int TYPE = 8;
    private static final List<Integer> BELIEVED = List.of(
            TiffDirectory.BITS,
            TiffDirectory.DESCRIPTION,
            TiffDirectory.STRIPS,
            TiffDirectory.STRIP_BYTES,
            TiffDirectory.X_RESOLUTION,
            TiffDirectory.Y_RESOLUTION,
            TiffDirectory.COLORS,
            305,
            306,
            33628,
            COUNTS,
            METADATA);

    private TiffMetadata() {}

    /**
     * Whether all is in the file.
     *
     * @throws IOException if it is not: the file is damaged
     */
    static boolean isSafe(TiffDirectory directory) throws IOException {
        for (int tag : BELIEVED) {
            if (!directory.isWhole(tag)) {
                throw new IOException("its directory refers to bytes behind its end");
            }
        }
        byte[] metadata = directory.raw(METADATA);
        long[] counts = directory.numbers(COUNTS);
        if (Arrays.stream(counts).sum() != metadata.length) {
            throw new IOException("the lengths of its metadata are wrong");
        }
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            byte[] part = Arrays.copyOfRange(metadata, at, at + (int) counts[i]);
            if (i == 0) {
                checkTypes(ByteBuffer.wrap(part).order(directory.bytes().order()), counts.length - 1);
            } else if (RoiBytes.is(part)) {
                RoiBytes.check(part);
            }
            at += (int) counts[i];
        }
        return true;
    }

    /** How many parts there are of each type, such as labels of slices. */
    private static void checkTypes(ByteBuffer header, int parts) throws IOException {
        if (header.capacity() < Integer.BYTES || header.getInt(0) != MAGIC) {
            return;
        }
        long all = 0;
        for (int at = Integer.BYTES; at + TYPE <= header.capacity(); at += TYPE) {
            int count = header.getInt(at + Integer.BYTES);
            all += count < 0 ? parts + 1L : count;
        }
        if (all > parts) {
            throw new IOException("the numbers of its metadata are wrong");
        }
    }
}
