package io.github.transfuse.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** The tensors of a safetensors file, each mapped when asked for. */
final class MappedTensors implements TensorStore {
    private final Path file;
    private final SafetensorsHeader header;

    MappedTensors(Path file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    @Override
    public List<String> names() {
        return List.copyOf(header.entries().keySet());
    }

    @Override
    public boolean has(String name) {
        return header.entries().containsKey(name);
    }

    @Override
    public StoredTensor get(String name) throws ModelFormatException {
        SafetensorsHeader.Entry entry = header.entry(file, name);
        return new StoredTensor(name, entry.dtype(), entry.shape(), map(name, entry));
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    private ByteBuffer map(String name, SafetensorsHeader.Entry entry) throws ModelFormatException {
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new ModelFormatException(
                    file,
                    "tensor '" + name + "' is larger than 2 GB (" + entry.bytes() + " bytes)",
                    "Split it or store it in a narrower type.");
        }
        if (entry.bytes() == 0) {
            return ByteBuffer.allocate(0);
        }
        long start = header.dataStart() + entry.begin();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // Mapping past the end would succeed and crash the JVM on the first read.
            if (channel.size() < start + entry.bytes()) {
                throw new ModelFormatException(
                        file, "it became shorter after it was opened", "Close what writes to it and open it again.");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, start, entry.bytes());
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": tensor '" + name + "' cannot be read (" + Reasons.of(e)
                            + "). Check that the file is still there.",
                    e);
        }
    }
}
