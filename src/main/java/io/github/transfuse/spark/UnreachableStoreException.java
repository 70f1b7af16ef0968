package io.github.transfuse.spark;

import java.io.IOException;

/** A file system that Hadoop cannot reach from this computer. */
final class UnreachableStoreException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableStoreException(String place, Exception cause) {
        super(
                place + " cannot be reached (" + cause.getMessage()
                        + "). Give Spark the library and the keys of this store: docs/clusters.md has an example.",
                cause);
    }
}
