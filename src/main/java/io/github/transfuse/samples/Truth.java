package io.github.transfuse.samples;

import java.util.Optional;

/**
 * A mask at its stored size, as class indices.
 *
 * @param image stem of the file it belongs to: the slices of a stack share it
 * @param height in pixels
 * @param width in pixels
 * @param classes [(D,) H, W]; 0 background; {@link Example#IGNORED} is left out
 * @param objects of its plane, or of the whole stack, whose slices share them; empty where no objects are learned
 */
public record Truth(String image, int height, int width, byte[] classes, Optional<TrueObjects> objects) {

    /** Without objects. */
    public Truth(String image, int height, int width, byte[] classes) {
        this(image, height, width, classes, Optional.empty());
    }

    /** Slices of a volume; 1 of an image. */
    public int depth() {
        return classes.length / (height * width);
    }

    /** The same with objects. */
    Truth with(Optional<TrueObjects> found) {
        return new Truth(image, height, width, classes, found);
    }

    /** Memory in use; shared objects are counted once in all. */
    long sizeInBytes() {
        return classes.length + (objects.isPresent() ? (long) Integer.BYTES * classes.length : 0);
    }
}
