package io.github.transfuse.spark;

import java.io.IOException;

/** A part of an image cannot be computed; the message says why. */
final class BlockFailedException extends IOException {
    private static final long serialVersionUID = 1;

    BlockFailedException(String why) {
        super(why);
    }
}
