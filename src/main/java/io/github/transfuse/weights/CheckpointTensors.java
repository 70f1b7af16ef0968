package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.StorageRef;
import io.github.transfuse.weights.PickledValues.TensorRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tensors of a checkpoint; of each only the bytes between its first and last element are read. */
final class CheckpointTensors implements TensorStore {
    /** Small tensors may repeat their values. */
    private static final long SPARE = 1 << 20;

    private final Path file;
    private final Map<String, TensorRef> tensors;
    private final Unpickled.Storages storages;

    /** Checks every tensor against its storage, so that a damaged file is refused before any is used. */
    CheckpointTensors(Path file, Map<String, TensorRef> tensors, Unpickled.Storages storages) throws IOException {
        this.file = file;
        this.tensors = tensors;
        this.storages = storages;
        for (Map.Entry<String, TensorRef> entry : tensors.entrySet()) {
            check(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public StoredTensor get(String name) throws ModelFormatException {
        TensorRef tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelFormatException(
                    file,
                    "it has no tensor '" + name + "'",
                    "Check that these weights belong to this kind of model (variant, classes, channels).");
        }
        try {
            return new StoredTensor(name, tensor.dtype(), tensor.shape(), contiguous(tensor));
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": tensor '" + name + "' cannot be read (" + Reasons.of(e)
                            + "). Check that the file is whole, or get it again.",
                    e);
        }
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    private ByteBuffer contiguous(TensorRef tensor) throws IOException {
        if (ShapeArithmetic.count(tensor.shape()) == 0) {
            return ByteBuffer.allocate(0);
        }
        int size = tensor.dtype().size();
        int span = Math.toIntExact(size * Strides.span(tensor));
        ByteBuffer bytes = storages.read(tensor.storage().key(), firstByte(tensor), span);
        return Strides.areRowMajor(tensor) ? bytes : Strides.gather(tensor, bytes);
    }

    private void check(String name, TensorRef tensor) throws IOException {
        StorageRef storage = tensor.storage();
        String what = "tensor '" + name + "'";
        long stored = storages.bytes(storage.key());
        try {
            long count = ShapeArithmetic.count(tensor.shape());
            long needed = count == 0
                    ? 0
                    : Math.addExact(
                            firstByte(tensor), Math.multiplyExact(tensor.dtype().size(), Strides.span(tensor)));
            long bound = Math.addExact(
                    storage.type().dtype().bytes(storage.first()),
                    storage.type().dtype().bytes(storage.count()));
            if (needed > Math.min(stored, bound)) {
                throw new ModelFormatException(
                        file,
                        what + " needs " + needed + " bytes of storage '" + storage.key() + "', which has "
                                + Math.min(stored, bound),
                        "The file is damaged: download or export it again.");
            }
            if (tensor.dtype().bytes(count) > stored + SPARE) {
                throw new ModelFormatException(
                        file,
                        what + " repeats the " + stored + " bytes of its storage to "
                                + tensor.dtype().bytes(count),
                        "Save a copy of it that is contiguous: tensor.contiguous().clone().");
            }
            if (Math.max(tensor.dtype().bytes(count), needed - firstByte(tensor)) > Integer.MAX_VALUE) {
                throw new ModelFormatException(
                        file, what + " is larger than 2 GB", "Split it or store it in a narrower type.");
            }
        } catch (ArithmeticException e) {
            throw new ModelFormatException(
                    file + ": " + what + " has an impossible size (" + e.getMessage()
                            + "). The file is damaged: download or export it again.",
                    e);
        }
    }

    private static long firstByte(TensorRef tensor) {
        StorageRef storage = tensor.storage();
        return Math.addExact(
                storage.type().dtype().bytes(storage.first()), tensor.dtype().bytes(tensor.offset()));
    }
}
