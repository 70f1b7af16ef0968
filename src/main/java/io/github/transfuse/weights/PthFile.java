package io.github.transfuse.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads PyTorch checkpoints ({@code .pth}, {@code .pt}) without Python, libtorch or trust.
 *
 * <p>A checkpoint is a pickle, a small program. {@link PickleReader} interprets only what a table of tensors needs: any
 * Python object other than tensors, their storages and ordered dictionaries is refused by name, and nothing is
 * executed. Both layouts are read: zip archives (PyTorch 1.6 and later) and the older plain streams.
 */
public final class PthFile {
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

    private PthFile() {}

    /**
     * Reads the table of tensors; their bytes are read when asked for.
     *
     * <p>A checkpoint that wraps its tensors, as under {@code state_dict} or {@code model}, is unwrapped, and prefixes of
     * data-parallel training ({@code module.}), compiled networks and Lightning are taken off the names. Entries that are
     * not tensors are left out. Tensors come out contiguous, whatever their strides were.
     *
     * @param file a checkpoint saved by {@code torch.save}
     * @return its tensors, in saved order, without metadata
     * @throws ModelFormatException if the file is missing, damaged, from a big-endian machine, holds no tensors, or
     *     names a Python object that weights do not need
     */
    public static TensorStore read(Path file) throws ModelFormatException {
        try {
            Unpickled checkpoint = startsAsZip(file) ? ZipCheckpoint.read(file) : LegacyCheckpoint.read(file);
            return new CheckpointTensors(file, StateDictFinder.tensors(file, checkpoint.root()), checkpoint.storages());
        } catch (ModelFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelFormatException(
                    file + ": cannot be read as a PyTorch checkpoint (" + Reasons.of(e)
                            + "). Check the path, or download or export the file again.",
                    e);
        }
    }

    private static boolean startsAsZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP_MAGIC.length), ZIP_MAGIC);
        }
    }
}
