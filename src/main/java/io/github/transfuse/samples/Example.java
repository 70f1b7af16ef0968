package io.github.transfuse.samples;

import java.util.Arrays;

/**
 * An image and its target, of one size: that of the network's input, or for tiles that of the whole image.
 *
 * @param stem name
 * @param slices of a volume; 0 for a plane
 * @param image stored values, [C, (D,) H, W]
 * @param units how they are scaled
 * @param target [(D,) H, W], see {@link Targets}
 */
public record Example(String stem, int slices, Picture image, Units units, byte[] target) {

    /** Target value of pixels that are left out of the loss. */
    public static final int IGNORED = 255;

    /** Target value of certain foreground where targets are soft; 0 is certain background. */
    public static final int FOREGROUND = 254;

    /** A plane. */
    public Example(String stem, Picture image, Units units, byte[] target) {
        this(stem, 0, image, units, target);
    }

    /** Whether this is a volume, be it of a single slice. */
    public boolean isVolume() {
        return slices > 0;
    }

    /** Slices; 1 for a plane. */
    public int depth() {
        return Math.max(1, slices);
    }

    /** Length of the spatial axes: (slices,) rows, columns. */
    int[] size() {
        return isVolume() ? new int[] {slices, height(), width()} : new int[] {height(), width()};
    }

    /** One slice of a volume, as a plane; a plane is its own only slice. */
    public Example slice(int z) {
        if (!isVolume()) {
            return this;
        }
        int plane = image.plane();
        byte[] part = Arrays.copyOfRange(target, z * plane, (z + 1) * plane);
        return new Example(stem, image.everyNth(z, slices), units, part);
    }

    /**
     * One plane of a volume.
     *
     * @param across axis that it is perpendicular to: 0 for x, 1 for y, 2 for z; rows run along the later of the others
     * @param at position along that axis
     */
    Example plane(int across, int at) {
        int[] strides = {1, width(), image.plane()};
        int[] lengths = {width(), height(), slices};
        int along = across == 0 ? 1 : 0;
        int down = across == 2 ? 1 : 2;
        int[] positions = new int[lengths[along] * lengths[down]];
        byte[] part = new byte[positions.length];
        for (int i = 0; i < positions.length; i++) {
            int row = i / lengths[along];
            int column = i % lengths[along];
            positions[i] = at * strides[across] + row * strides[down] + column * strides[along];
            part[i] = target[positions[i]];
        }
        Picture picture = image.picked(lengths[down], lengths[along], positions, target.length);
        return new Example(stem, picture, units, part);
    }

    /** The slice with the most foreground, counted from 0. */
    public int fullestSlice() {
        int plane = image.plane();
        int fullest = depth() / 2;
        int most = 0;
        for (int z = 0; z < depth(); z++) {
            int count = 0;
            for (int i = z * plane; i < (z + 1) * plane; i++) {
                count += target[i] == 0 || (target[i] & 0xFF) == IGNORED ? 0 : 1;
            }
            fullest = count > most ? z : fullest;
            most = Math.max(most, count);
        }
        return fullest;
    }

    /** Rows. */
    public int height() {
        return image.height();
    }

    /** Columns. */
    public int width() {
        return image.width();
    }

    /** Number of channels. */
    public int channels() {
        return image.channels() / depth();
    }
}
