package io.github.transfuse.zarr;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** An array in chunks, of which one at a time is read. The last axis is the fastest. Safe for use by several threads. */
public final class ZarrArray {
    /** Dimensions that images have at most. */
    private static final int MAX_DIMENSIONS = 16;

    private static final long MAX_CHUNK = Integer.MAX_VALUE - 4096L;

    /** What packing may add. */
    private static final int SLACK = 1 << 16;

    private final Path folder;
    private final Grid grid;
    private final ZarrType type;
    private final ChunkCodec codec;
    private final Fill fill;

    /** Sizes, and how chunks are called. */
    record Grid(long[] shape, long[] chunks, String prefix, String separator) {}

    ZarrArray(Path folder, Grid grid, ZarrType type, ChunkCodec codec, Fill fill) throws IOException {
        this.folder = folder;
        this.grid = grid;
        this.type = type;
        this.codec = codec;
        this.fill = fill;
        int dimensions = grid.shape.length;
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS || grid.chunks.length != dimensions) {
            throw new IOException("its array has " + dimensions + " dimensions, its chunks " + grid.chunks.length);
        }
        if (!grid.separator.equals("/") && !grid.separator.equals(".")) {
            throw new IOException("the names of its chunks are separated by '" + grid.separator + "'");
        }
        long bytes = type.bytes();
        for (long size : grid.chunks) {
            if (size > MAX_CHUNK / bytes) {
                throw new UnknownZarrException("chunks of more than 2 GB");
            }
            bytes *= size;
        }
        Runtime runtime = Runtime.getRuntime();
        if (bytes > (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / 4) {
            throw new UnknownZarrException("chunks of " + (bytes >> 20) + " MB, for which there is no memory,");
        }
    }

    /**
     * Reads the metadata of an array.
     *
     * @throws UnknownZarrException if it is stored in a way that is not known here
     * @throws IOException if there is no array, or its metadata are damaged
     */
    public static ZarrArray open(Path folder) throws IOException {
        try {
            Optional<JsonObject> third = Json.read(folder.resolve("zarr.json"));
            if (third.isPresent()) {
                return Metadata3.array(folder, third.get());
            }
            Optional<JsonObject> second = Json.read(folder.resolve(".zarray"));
            if (second.isPresent()) {
                return Metadata2.array(folder, second.get());
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            throw new IOException("the metadata of its array contradict each other", e);
        }
        throw new IOException("its array " + folder.getFileName() + " is missing");
    }

    /** Sizes, the last axis fastest. */
    public long[] shape() {
        return grid.shape.clone();
    }

    /** Sizes of a chunk; those at the end of an axis reach beyond it. */
    public int[] chunkShape() {
        return Arrays.stream(grid.chunks).mapToInt(size -> (int) size).toArray();
    }

    /** Of the numbers. */
    public ZarrType type() {
        return type;
    }

    /** What stands for numbers that are not stored, in words. */
    public String fill() {
        return fill.toString();
    }

    /** Chunks along all axes together. */
    public long chunks() {
        return LongStream.range(0, grid.shape.length)
                .map(d -> (grid.shape[(int) d] - 1) / grid.chunks[(int) d] + 1)
                .reduce(1, (a, b) -> a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b);
    }

    /** Files in the folder: as many chunks are stored at most. */
    public long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    /** Whether a chunk is stored. */
    public boolean has(long... position) {
        return Files.exists(folder.resolve(name(position)));
    }

    /**
     * Reads a chunk.
     *
     * @param position in chunks, one number for each axis
     * @return its numbers, little-endian, whole even at the end of an axis; of one that is not stored the fill value
     * @throws IOException if it is damaged; the message names it
     */
    public byte[] chunk(long... position) throws IOException {
        long size = LongStream.of(grid.chunks).reduce(type.bytes(), (a, b) -> a * b);
        Path file = folder.resolve(name(position));
        if (!Files.exists(file)) {
            return fill.bytes((int) size);
        }
        try {
            if (Files.size(file) > 2 * size + SLACK) {
                throw new IOException("it is too large for its pixels");
            }
            return codec.unpack(Files.readAllBytes(file), type, chunkShape());
        } catch (UnknownZarrException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String why = e instanceof IOException && e.getMessage() != null
                    ? e.getMessage()
                    : "its contents contradict each other";
            throw new IOException("chunk " + folder.getFileName() + "/" + name(position) + ": " + why, e);
        }
    }

    private String name(long... position) {
        String name = LongStream.of(position).mapToObj(Long::toString).collect(Collectors.joining(grid.separator));
        return grid.prefix.isEmpty() ? name : grid.prefix + grid.separator + name;
    }
}
