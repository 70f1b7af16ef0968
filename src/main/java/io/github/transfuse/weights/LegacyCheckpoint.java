package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.StorageRef;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Storages of a checkpoint from before PyTorch 1.6: a stream of five pickles (magic number, version, machine, object,
 * storage keys), then for each key the number of elements and the bytes.
 */
final class LegacyCheckpoint implements Unpickled.Storages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;
    private static final int COUNT_BYTES = 8;
    private static final String AGAIN = "Download or export the file again.";

    /** Where the bytes of a storage are in the file. */
    private record Range(long start, long bytes) {}

    private final Path file;
    private final Map<String, Range> ranges;

    private LegacyCheckpoint(Path file, Map<String, Range> ranges) {
        this.file = file;
        this.ranges = ranges;
    }

    static Unpickled read(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            PickleInput in = new PickleInput(file, stream);
            PickleReader reader = new PickleReader(in);
            if (!MAGIC.equals(reader.read())) {
                throw in.damaged("no magic number");
            }
            if (!(reader.read() instanceof Long version) || version != VERSION) {
                throw in.damaged("an unknown version");
            }
            if (reader.read() instanceof Map<?, ?> machine && Boolean.FALSE.equals(machine.get("little_endian"))) {
                throw wrongByteOrder(file, "big-endian");
            }
            Object root = reader.read();
            if (!(reader.read() instanceof List<?> keys)) {
                throw in.damaged("no list of storages");
            }
            return new Unpickled(root, new LegacyCheckpoint(file, ranges(file, in, keys, reader.storages())));
        }
    }

    static ModelFormatException wrongByteOrder(Path file, String order) {
        return new ModelFormatException(
                file,
                "it was saved on a " + order + " machine, and only little-endian files are read",
                "Load and save it once more with PyTorch on a usual (little-endian) machine.");
    }

    private static Map<String, Range> ranges(Path file, PickleInput in, List<?> keys, Map<String, StorageRef> storages)
            throws IOException {
        Map<String, Range> ranges = new HashMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long position = in.position();
            for (Object key : keys) {
                if (!(key instanceof String name) || !storages.containsKey(name)) {
                    throw in.damaged("a storage that no tensor uses");
                }
                long count = count(file, channel, position, name);
                DType dtype = storages.get(name).type().dtype();
                long start = position + COUNT_BYTES;
                if (count < 0 || count > (channel.size() - start) / dtype.size()) {
                    throw truncated(file, name);
                }
                ranges.put(name, new Range(start, dtype.bytes(count)));
                position = start + dtype.bytes(count);
            }
        }
        return ranges;
    }

    private static long count(Path file, FileChannel channel, long position, String key) throws IOException {
        ByteBuffer count = ByteBuffer.allocate(COUNT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, count, position, key);
        return count.getLong(0);
    }

    @Override
    public long bytes(String key) throws IOException {
        return range(key).bytes();
    }

    @Override
    public ByteBuffer read(String key, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            readFully(file, channel, bytes, range(key).start() + from, key);
        }
        return bytes.flip();
    }

    private Range range(String key) throws ModelFormatException {
        Range range = ranges.get(key);
        if (range == null) {
            throw new ModelFormatException(file, "its storage '" + key + "' is missing", AGAIN);
        }
        return range;
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer into, long position, String key)
            throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw truncated(file, key);
            }
        }
    }

    private static ModelFormatException truncated(Path file, String key) {
        return new ModelFormatException(file, "it is truncated in storage '" + key + "'", AGAIN);
    }
}
