package io.github.transfuse.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tensors of a safetensors file that is in memory as a whole. */
final class HeldTensors implements TensorStore {
    private final Path name;
    private final SafetensorsHeader header;
    private final ByteBuffer bytes;

    HeldTensors(Path name, SafetensorsHeader header, ByteBuffer bytes) {
        this.name = name;
        this.header = header;
        this.bytes = bytes;
    }

    @Override
    public List<String> names() {
        return List.copyOf(header.entries().keySet());
    }

    @Override
    public boolean has(String tensor) {
        return header.entries().containsKey(tensor);
    }

    @Override
    public StoredTensor get(String tensor) throws ModelFormatException {
        SafetensorsHeader.Entry entry = header.entry(name, tensor);
        int start = Math.toIntExact(header.dataStart() + entry.begin());
        return new StoredTensor(
                tensor, entry.dtype(), entry.shape(), bytes.slice(start, Math.toIntExact(entry.bytes())));
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }
}
