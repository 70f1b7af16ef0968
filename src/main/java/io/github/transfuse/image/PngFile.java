package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Looks at the parts of a PNG: their checksums, and whether the packed pixels are as many as its size needs. */
final class PngFile {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    private static final int HEADER = 0x49484452;
    private static final int PIXELS = 0x49444154;
    private static final int ANIMATION = 0x6163544c;
    private static final int EXIF = 0x65584966;
    private static final int TRANSPARENCY = 0x74524e53;
    private static final int END = 0x49454e44;

    /** Columns and rows of the seven passes of an interlaced picture: first, step. */
    private static final int[][] PASSES = {
        {0, 8, 0, 8}, {4, 8, 0, 8}, {0, 4, 4, 8}, {2, 4, 0, 4}, {0, 2, 2, 4}, {1, 2, 0, 2}, {0, 1, 1, 2}
    };

    private PngFile() {}

    /**
     * Checks a file.
     *
     * @throws IOException if it is damaged, without its name
     */
    static void check(Path file, byte... bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Inflater inflater = new Inflater();
        long needed = -1;
        long unpacked = 0;
        try {
            for (int at = SIGNATURE; ; ) {
                int length = length(in, at);
                int type = in.getInt(at + 4);
                if (type == HEADER && length == 13 && needed < 0) {
                    PlaneLimit.check(
                            file,
                            Integer.toUnsignedLong(in.getInt(at + 8)),
                            Integer.toUnsignedLong(in.getInt(at + 12)));
                    needed = bytes(in, at + 8);
                    if (needed > 1040L * bytes.length) {
                        throw new IOException("its pixels need " + needed + " bytes, which the file cannot hold");
                    }
                } else if (type == PIXELS && needed >= 0) {
                    inflater.setInput(bytes, at + 8, length);
                    unpacked += inflate(inflater, needed - unpacked);
                } else if (type == END) {
                    require(unpacked == needed && inflater.finished());
                    return;
                }
                at += FRAME + length;
            }
        } finally {
            inflater.end();
        }
    }

    /** Whether a file that was checked is an animation. */
    static boolean holdsSeveral(byte... bytes) {
        int at = part(ANIMATION, bytes);
        return at >= 0 && ByteBuffer.wrap(bytes).getInt(at + 8) > 1;
    }

    /** How a file that was checked is to be turned by EXIF, 1 to 8; 1 where it is not said. */
    static int orientation(byte... bytes) {
        int at = part(EXIF, bytes);
        return at < 0 ? Upright.AS_STORED : JpegFile.orientation(content(at, bytes));
    }

    /** The stored grey of few bits that is transparent in a file that was checked; -1 if there is none. */
    static int transparentGrey(byte... bytes) {
        int at = part(TRANSPARENCY, bytes);
        boolean fewGreys = bytes[SIGNATURE + 17] == 0 && bits(bytes) < Byte.SIZE;
        return at >= 0 && fewGreys ? ByteBuffer.wrap(bytes).getShort(at + 8) : -1;
    }

    /** Bits of a sample. */
    static int bits(byte... bytes) {
        return bytes[SIGNATURE + 16];
    }

    /** The same file without its transparency. */
    static byte[] opaque(byte... bytes) {
        int at = part(TRANSPARENCY, bytes);
        int end = at + FRAME + ByteBuffer.wrap(bytes).getInt(at);
        return ByteBuffer.allocate(bytes.length - end + at)
                .put(bytes, 0, at)
                .put(bytes, end, bytes.length - end)
                .array();
    }

    /** Where the first part of a type begins; -1 if there is none. */
    private static int part(int type, byte... bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int at = SIGNATURE;
        while (in.getInt(at + 4) != END) {
            if (in.getInt(at + 4) == type) {
                return at;
            }
            at += FRAME + in.getInt(at);
        }
        return -1;
    }

    private static byte[] content(int at, byte... bytes) {
        return Arrays.copyOfRange(bytes, at + 8, at + 8 + ByteBuffer.wrap(bytes).getInt(at));
    }

    private static int length(ByteBuffer in, int at) throws IOException {
        if (in.capacity() - at < FRAME) {
            throw new IOException("it ends too early");
        }
        int length = in.getInt(at);
        if (length < 0 || length > in.capacity() - at - FRAME) {
            throw new IOException("it ends too early");
        }
        CRC32 crc = new CRC32();
        crc.update(in.slice(at + 4, length + 4));
        if ((int) crc.getValue() != in.getInt(at + 8 + length)) {
            throw new IOException("a checksum is wrong");
        }
        return length;
    }

    private static long inflate(Inflater inflater, long left) throws IOException {
        byte[] block = new byte[1 << 14];
        long done = 0;
        try {
            while (!inflater.finished()) {
                int now = inflater.inflate(block);
                done += now;
                if (done > left) {
                    throw new IOException("it holds more pixels than its size needs");
                }
                if (now == 0) {
                    break;
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("its pixels cannot be unpacked: " + e.getMessage(), e);
        }
        return done;
    }

    private static void require(boolean whole) throws IOException {
        if (!whole) {
            throw new IOException("it holds fewer pixels than its size needs");
        }
    }

    /** Bytes of the unpacked rows, each with one for its filter. */
    private static long bytes(ByteBuffer in, int at) throws IOException {
        int width = in.getInt(at);
        int height = in.getInt(at + 4);
        int depth = in.get(at + 8);
        int samples =
                switch (in.get(at + 9)) {
                    case 0, 3 -> 1;
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> throw new IOException("colours of an unknown kind");
                };
        if (depth < 1 || depth > 16) {
            throw new IOException("samples of " + depth + " bits");
        }
        if (in.get(at + 12) == 0) {
            return height * (1 + ((long) width * samples * depth + 7) / 8);
        }
        long bytes = 0;
        for (int[] pass : PASSES) {
            long columns = (width - pass[0] + pass[1] - 1L) / pass[1];
            long rows = (height - pass[2] + pass[3] - 1L) / pass[3];
            bytes += columns > 0 && rows > 0 ? rows * (1 + (columns * samples * depth + 7) / 8) : 0;
        }
        return bytes;
    }
}
