package io.github.transfuse.segmentation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A rectangle of pixels, or a box of voxels, of one of the planes or volumes that a network sees.
 *
 * @param plane number of the plane, in the order of the axes behind those of a plane
 * @param min first pixel along x, y(, z)
 * @param max behind the last pixel, larger than {@code min}
 */
public record PlaneBlock(long plane, long[] min, long[] max) implements Serializable {
    /** Copies the corners. */
    public PlaneBlock {
        min = min.clone();
        max = max.clone();
    }

    /** Pixels along each axis. */
    public long[] size() {
        long[] size = new long[min.length];
        Arrays.setAll(size, d -> max[d] - min[d]);
        return size;
    }

    /** All its pixels. */
    public long pixels() {
        return Arrays.stream(size()).reduce(1, Math::multiplyExact);
    }

    /** A name that no other block of the image has, for files. */
    public String name() {
        StringBuilder name = new StringBuilder("p").append(plane);
        for (long at : min) {
            name.append('-').append(at);
        }
        return name.toString();
    }
}
