package io.github.transfuse.image;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a strip or tile of a TIFF file as a whole: fewer bytes than the pixels need, bytes left over and a wrong
 * checksum are all refused, because then some pixels are not those that were stored.
 */
final class TiffCodec {
    static final int NONE = 1;
    static final int LZW = 5;
    static final int JPEG = 7;
    static final int DEFLATE = 8;
    static final int PACK_BITS = 32773;
    static final int OLD_DEFLATE = 32946;
    static final int ZSTD = 50000;

    /** Programs round the length of a strip up. */
    private static final int PADDING = 16;

    private static final String SHORT = "a strip holds fewer pixels than it should";
    private static final String LONG = "a strip holds other data than its pixels";

    private TiffCodec() {}

    /** What a compression is called that is not read. */
    static String name(int compression) {
        String called =
                switch (compression) {
                    case 32_809 -> "ThunderScan";
                    case 33_003, 33_004, 33_005, 34_712 -> "JPEG 2000";
                    case 34_676, 34_677 -> "LogLuv";
                    case 34_887 -> "LERC";
                    case 34_892 -> "lossy JPEG of DNG";
                    case 34_925 -> "LZMA";
                    case 34_933 -> "PNG";
                    case 34_927, 50_001 -> "WebP";
                    case 50_002, 52_546 -> "JPEG XL";
                    default -> "";
                };
        return called.isEmpty() ? "compression " + compression : "compressed by " + called;
    }

    /** Bytes that one stored byte can stand for at most; 0 for what this class does not unpack. */
    static int expansion(int compression) {
        return switch (compression) {
            case NONE -> 1;
            case LZW -> 2600;
            case DEFLATE, OLD_DEFLATE -> 1040;
            case PACK_BITS -> 65;
            case ZSTD -> 33_000;
            default -> 0;
        };
    }

    /**
     * The bytes of a strip or tile.
     *
     * @param needed bytes of its pixels
     * @param most bytes that it may hold: the last strip may be as long as the others
     * @return at least {@code needed} bytes
     * @throws IOException if it is damaged
     */
    static byte[] unpack(int compression, byte[] stored, int needed, int most) throws IOException {
        long possible = PADDING + (long) expansion(compression) * stored.length;
        if (needed > possible) {
            throw new IOException(SHORT);
        }
        int room = (int) Math.min(most, possible);
        return switch (compression) {
            case NONE -> stored;
            case LZW -> lzw(stored, needed, room);
            case PACK_BITS -> packBits(stored, needed, room);
            case ZSTD -> zstd(stored, needed, room);
            default -> inflate(stored, needed, most);
        };
    }

    /** Unpacks zlib's format, whose checksum is looked at. */
    static byte[] inflate(byte[] stored, int needed, int most) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            byte[] out = new byte[Math.max(needed, Math.min(most, needed + 1))];
            int done = 0;
            while (!inflater.finished()) {
                if (done == out.length) {
                    out = grown(out, most);
                }
                int now = inflater.inflate(out, done, out.length - done);
                if (now == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IOException(done < needed ? SHORT : "the checksum of a strip is missing");
                }
                done += now;
            }
            if (done < needed || done > most) {
                throw new IOException(done < needed ? SHORT : LONG);
            }
            return out;
        } catch (DataFormatException e) {
            throw new IOException("a strip cannot be unpacked: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    /** Room for one more byte beyond the most shows that there are too many. */
    private static byte[] grown(byte[] out, int most) throws IOException {
        if (out.length > most) {
            throw new IOException(LONG);
        }
        return Arrays.copyOf(out, out.length < most ? most : most + 1);
    }

    /** Whole frames, with their checksums where there are any. */
    private static byte[] zstd(byte[] stored, int needed, int most) throws IOException {
        byte[] out = new byte[most];
        try {
            int done = new ZstdDecompressor().decompress(stored, 0, stored.length, out, 0, most);
            if (done < needed) {
                throw new IOException(SHORT);
            }
            return out;
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a strip cannot be unpacked by zstd", e);
        }
    }

    static byte[] packBits(byte[] stored, int needed, int most) throws IOException {
        byte[] out = new byte[most];
        int done = 0;
        int at = 0;
        while (done < most && at < stored.length) {
            int code = stored[at++];
            if (code >= 0) {
                if (code + 1 > most - done || code + 1 > stored.length - at) {
                    throw new IOException(done + code + 1 > most ? LONG : SHORT);
                }
                System.arraycopy(stored, at, out, done, code + 1);
                at += code + 1;
                done += code + 1;
            } else if (code != Byte.MIN_VALUE && at < stored.length) {
                if (1 - code > most - done) {
                    throw new IOException(LONG);
                }
                Arrays.fill(out, done, done + 1 - code, stored[at++]);
                done += 1 - code;
            }
            if (done == needed && stored.length - at <= PADDING) {
                return out;
            }
        }
        if (done < needed) {
            throw new IOException(SHORT);
        }
        if (stored.length - at > PADDING) {
            throw new IOException(LONG);
        }
        return out;
    }

    private static byte[] lzw(byte[] stored, int needed, int most) throws IOException {
        if (stored.length > 1 && stored[0] == 0 && (stored[1] & 1) == 1) {
            throw new TiffPage.KindException("LZW from before 1992");
        }
        TiffLzw decoder = new TiffLzw(stored, most);
        int done = decoder.decode();
        if (done < needed) {
            throw new IOException(SHORT);
        }
        if (done > most || decoder.left() > PADDING) {
            throw new IOException(LONG);
        }
        return decoder.out();
    }
}
