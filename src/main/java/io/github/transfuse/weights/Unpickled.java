package io.github.transfuse.weights;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An interpreted checkpoint.
 *
 * @param root the saved object: a map, as a rule
 * @param storages where the bytes of its tensors are
 */
record Unpickled(Object root, Storages storages) {
    /** Raw bytes of the storages of a checkpoint file, little-endian. */
    interface Storages {
        /** Size of a storage in bytes; fails if the file has no such storage. */
        long bytes(String key) throws IOException;

        /** A range of a storage that lies within its size. */
        ByteBuffer read(String key, long from, int count) throws IOException;
    }
}
