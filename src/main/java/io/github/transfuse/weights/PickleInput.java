package io.github.transfuse.weights;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Numbers and texts of a pickle stream, with bounds; counts the bytes taken. */
final class PickleInput {
    /** A table of tensors is far smaller; a longer text is a corrupt length. */
    private static final long MAX_TEXT_BYTES = 1 << 24;

    private static final long MAX_BYTES = 1 << 26;

    private final Path file;
    private final InputStream in;
    private long position;

    PickleInput(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Bytes taken so far. */
    long position() {
        return position;
    }

    int unsignedByte() throws IOException {
        return bytes(1)[0] & 0xFF;
    }

    /** An unsigned little-endian number of at most 4 bytes. */
    long unsigned(int size) throws IOException {
        byte[] raw = bytes(size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (raw[i] & 0xFF);
        }
        return value;
    }

    long signed32() throws IOException {
        return (int) unsigned(4);
    }

    /** A length of 8 bytes; beyond the bound for texts, so refused, when its upper half is not zero. */
    long length64() throws IOException {
        long low = unsigned(4);
        return unsigned(4) == 0 ? low : Long.MAX_VALUE;
    }

    double bigEndianDouble() throws IOException {
        return ByteBuffer.wrap(bytes(8)).getDouble();
    }

    /** A two's-complement little-endian integer: a Long where it fits, else a BigInteger. */
    Number integer(long size) throws IOException {
        byte[] raw = bytes(size);
        if (raw.length == 0) {
            return 0L;
        }
        byte[] reversed = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            reversed[i] = raw[raw.length - 1 - i];
        }
        BigInteger value = new BigInteger(reversed);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    String text(long size) throws IOException {
        return new String(bytes(size), StandardCharsets.UTF_8);
    }

    /** Text up to a line feed, which is taken too. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = unsignedByte(); b != '\n'; b = unsignedByte()) {
            if (line.length() >= MAX_TEXT_BYTES) {
                throw damaged("a line without end");
            }
            line.append((char) b);
        }
        return line.toString();
    }

    byte[] bytes(long size) throws IOException {
        if (position > MAX_BYTES) {
            throw damaged("more text than a table of tensors needs");
        }
        if (size > MAX_TEXT_BYTES) {
            throw damaged("a length of " + Long.toUnsignedString(size));
        }
        byte[] raw = in.readNBytes((int) size);
        position += raw.length;
        if (raw.length < size) {
            throw new ModelFormatException(
                    file,
                    "it is truncated: the table of tensors ends at byte " + position,
                    "Download or export the file again.");
        }
        return raw;
    }

    /** An exception for content that no version of PyTorch writes. */
    ModelFormatException damaged(String what) {
        return new ModelFormatException(
                file,
                "it is no PyTorch checkpoint, or a damaged one (" + what + " before byte " + position
                        + " of its table of tensors)",
                "Check that it was saved with torch.save(model.state_dict()) and download or export it again.");
    }

    /** An exception for a Python object that is not on the list. */
    ModelFormatException refused(String qualifiedName) {
        return new ModelFormatException(
                file,
                "it names the Python object '" + Reasons.shortened(qualifiedName)
                        + "', which a table of tensors does not need, so it is refused; nothing was executed",
                "In Python, save only the weights: torch.save(model.state_dict(), path).");
    }
}
