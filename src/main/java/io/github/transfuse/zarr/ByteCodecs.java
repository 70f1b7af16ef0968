package io.github.transfuse.zarr;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** The ways in which chunks are packed. The libraries are pure Java, so that they work within any host. */
final class ByteCodecs {
    private static final String LONG = "it holds more than its pixels";

    private ByteCodecs() {}

    static byte[] gzip(byte[] stored, int most) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return all(in, most);
        }
    }

    /** With its checksum. */
    static byte[] zlib(byte[] stored, int most) throws IOException {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(stored))) {
            return all(in, most);
        }
    }

    private static byte[] all(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most);
        if (in.read() >= 0) {
            throw new IOException(LONG);
        }
        return bytes;
    }

    static byte[] zstd(byte[] stored, int most) throws IOException {
        try {
            long size = ZstdDecompressor.getDecompressedSize(stored, 0, stored.length);
            if (size > most) {
                throw new IOException(LONG);
            }
            return unpacked(new ZstdDecompressor(), stored, size < 0 ? most : (int) size);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("its zstd data are damaged", e);
        }
    }

    /** Without a frame: a block alone. */
    static byte[] lz4Block(byte[] stored, int most) throws IOException {
        return unpacked(new Lz4Decompressor(), stored, most);
    }

    static byte[] snappy(byte[] stored, int most) throws IOException {
        return unpacked(new SnappyDecompressor(), stored, most);
    }

    private static byte[] unpacked(Decompressor library, byte[] stored, int most) throws IOException {
        byte[] out = new byte[most];
        try {
            int length = library.decompress(stored, 0, stored.length, out, 0, most);
            return length == most ? out : Arrays.copyOf(out, length);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("its packed data are damaged", e);
        }
    }

    /** A block after its length, as Python's numcodecs writes it. */
    static byte[] lz4(byte[] stored, int most) throws IOException {
        if (stored.length < Integer.BYTES) {
            throw new IOException("it ends too early");
        }
        int length = little(stored).getInt();
        if (length < 0 || length > most) {
            throw new IOException(LONG);
        }
        byte[] bytes = lz4Block(Arrays.copyOfRange(stored, Integer.BYTES, stored.length), length);
        if (bytes.length < length) {
            throw new IOException("it holds fewer bytes than it says");
        }
        return bytes;
    }

    /** Bytes before their checksum. */
    static byte[] crc32c(byte[] stored, int most) throws IOException {
        int length = stored.length - Integer.BYTES;
        if (length < 0 || length > most) {
            throw new IOException(length < 0 ? "it ends too early" : LONG);
        }
        CRC32C sum = new CRC32C();
        sum.update(stored, 0, length);
        if ((int) sum.getValue() != little(stored).getInt(length)) {
            throw new IOException("its checksum is wrong");
        }
        return Arrays.copyOf(stored, length);
    }

    static ByteBuffer little(byte... bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
