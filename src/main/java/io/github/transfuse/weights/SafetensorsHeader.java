package io.github.transfuse.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file.
 *
 * @param entries tensors by name, in header order
 * @param metadata the text entries
 * @param dataStart position in the file of the first tensor byte
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    /** Bound of the format itself: it keeps a corrupt length from asking for all memory. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = 8;
    private static final String FETCH_AGAIN = "The file is damaged or incomplete: download or export it again.";

    /**
     * One tensor in the header.
     *
     * @param dtype element type
     * @param shape sizes per dimension
     * @param begin first byte, counted from the start of the data
     * @param end byte after the last
     */
    record Entry(DType dtype, long[] shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    SafetensorsHeader {
        entries = Collections.unmodifiableMap(entries);
        metadata = Collections.unmodifiableMap(metadata);
    }

    /** Where a tensor lies. */
    Entry entry(Path file, String name) throws ModelFormatException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelFormatException(
                    file,
                    "it has no tensor '" + name + "'",
                    "Check that these weights belong to this kind of model (variant, classes, channels).");
        }
        return entry;
    }

    static SafetensorsHeader read(Path file) throws ModelFormatException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel.size(), (position, count) -> readFully(channel, position, count));
        } catch (ModelFormatException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(
                    file + ": there is no such file, or it was removed. Check the path, or get the model again.", e);
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": cannot be read (" + Reasons.of(e) + "). Check the path and that you may read the file.",
                    e);
        }
    }

    /** Of a file that is in memory. */
    static SafetensorsHeader read(Path name, ByteBuffer bytes) throws ModelFormatException {
        try {
            return read(name, bytes.limit(), (position, count) -> bytes.slice((int) position, count)
                    .order(ByteOrder.LITTLE_ENDIAN));
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(name + ": cannot be read (" + Reasons.of(e) + ").", e);
        }
    }

    private static SafetensorsHeader read(Path file, long fileBytes, Reader reader) throws IOException {
        long headerBytes = headerBytes(file, reader, fileBytes);
        String json = text(file, reader.read(LENGTH_BYTES, (int) headerBytes));
        HeaderParser parser = HeaderParser.parse(file, json);
        long dataStart = LENGTH_BYTES + headerBytes;
        checkLayout(file, parser.entries(), fileBytes - dataStart);
        return new SafetensorsHeader(parser.entries(), parser.metadata(), dataStart);
    }

    /** Hands out a part of the file, little-endian. */
    @FunctionalInterface
    private interface Reader {
        ByteBuffer read(long position, int count) throws IOException;
    }

    private static long headerBytes(Path file, Reader reader, long fileBytes) throws IOException {
        if (fileBytes < LENGTH_BYTES) {
            throw new ModelFormatException(
                    file, "it has " + fileBytes + " bytes, too few for a safetensors file", FETCH_AGAIN);
        }
        long length = reader.read(0, LENGTH_BYTES).getLong();
        // A negative number is one from 2^63 up: the format counts without sign.
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new ModelFormatException(
                    file,
                    "its header claims " + Long.toUnsignedString(length) + " bytes, more than the " + MAX_HEADER_BYTES
                            + " allowed",
                    "It is probably no safetensors file; a PyTorch checkpoint (.pth) must be imported first.");
        }
        if (length > fileBytes - LENGTH_BYTES) {
            throw new ModelFormatException(
                    file,
                    "it is truncated: its header needs " + length + " bytes and " + (fileBytes - LENGTH_BYTES)
                            + " are there",
                    FETCH_AGAIN);
        }
        return length;
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("end of file at " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }

    private static String text(Path file, ByteBuffer bytes) throws ModelFormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file + ": its header is not UTF-8 text. " + FETCH_AGAIN, e);
        }
    }

    /** Tensors must tile the data without overlap, hole or rest, as the format demands. */
    private static void checkLayout(Path file, Map<String, Entry> entries, long dataBytes) throws ModelFormatException {
        List<Map.Entry<String, Entry>> byPosition = new ArrayList<>(entries.entrySet());
        byPosition.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long reached = 0;
        String last = "the header";
        for (Map.Entry<String, Entry> named : byPosition) {
            Entry entry = named.getValue();
            String tensor = "tensor '" + named.getKey() + "'";
            if (entry.begin() < reached) {
                throw new ModelFormatException(file, tensor + " overlaps " + last, FETCH_AGAIN);
            }
            if (entry.begin() > reached) {
                throw new ModelFormatException(
                        file,
                        "there is a hole of " + (entry.begin() - reached) + " bytes between " + last + " and " + tensor,
                        FETCH_AGAIN);
            }
            reached = entry.end();
            last = tensor;
        }
        checkLength(file, reached, dataBytes);
    }

    private static void checkLength(Path file, long needed, long present) throws ModelFormatException {
        if (present < needed) {
            throw new ModelFormatException(
                    file,
                    "it is truncated: its tensors need " + needed + " bytes and " + present + " are there",
                    FETCH_AGAIN);
        }
        if (present > needed) {
            throw new ModelFormatException(
                    file, "it has " + (present - needed) + " bytes after its last tensor", FETCH_AGAIN);
        }
    }
}
