package io.github.transfuse.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads and writes {@code .safetensors} files: an 8-byte length, a JSON header, then the bytes of all tensors. */
public final class Safetensors {
    private Safetensors() {}

    /**
     * Opens a file. The whole header is checked now; tensors are mapped one by one when asked for, so a file may be
     * larger than 2 GB (a single tensor may not).
     *
     * @param file a safetensors file
     * @return its tensors
     * @throws ModelFormatException if the file is missing, unreadable, or its header, offsets or length are wrong
     */
    public static TensorStore open(Path file) throws ModelFormatException {
        return new MappedTensors(file, SafetensorsHeader.read(file));
    }

    /**
     * Reads a file that lies elsewhere than on a disk, such as in a jar, into memory. The stream stays open.
     *
     * @param in the whole file, less than 2 GB
     * @param name what to call it in errors
     * @return its tensors
     * @throws ModelFormatException as {@link #open}
     * @throws IOException if the stream fails
     */
    public static TensorStore read(InputStream in, String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
        Path file = Path.of(name);
        return new HeldTensors(file, SafetensorsHeader.read(file, bytes), bytes);
    }

    /**
     * Writes a file, tensor by tensor, under a temporary name in the same folder, and moves it into place when
     * complete. An existing file is replaced; after a failure it is as it was.
     *
     * @param file the file to write
     * @param tensors what to write; the header keeps this order, the bytes are laid out widest type first so that
     *     every tensor is aligned
     * @param metadata text to store with them
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if two tensors have one name, or a name is {@code __metadata__}
     */
    public static void write(Path file, List<StoredTensor> tensors, Map<String, String> metadata) throws IOException {
        new SafetensorsWriter(tensors, metadata).writeTo(file);
    }
}
