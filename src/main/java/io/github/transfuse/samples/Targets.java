package io.github.transfuse.samples;

import io.github.transfuse.image.Resampler;
import java.util.Arrays;
import java.util.List;

/**
 * Targets of the network, [H, W] in one byte: 0..{@value Example#FOREGROUND} for a soft foreground, otherwise class
 * indices; {@link Example#IGNORED} is left out.
 */
final class Targets {

    private Targets() {}

    /** A foreground resampled as images are: soft at its edge. Ignored pixels come from the nearest one. */
    static byte[] soft(Truth truth, int height, int width) {
        float[] values = new float[truth.classes().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = truth.classes()[i] == 1 ? Example.FOREGROUND : 0;
        }
        if (height != truth.height() || width != truth.width()) {
            int[] from = {truth.height(), truth.width()};
            values = Resampler.resample(values, from, new int[] {height, width});
        }
        byte[] nearest = nearest(truth, height, width);
        for (int i = 0; i < nearest.length; i++) {
            boolean ignored = (nearest[i] & 0xFF) == Example.IGNORED;
            nearest[i] = ignored ? nearest[i] : (byte) Math.round(values[i]);
        }
        return nearest;
    }

    /** The class of the nearest pixel. */
    static byte[] nearest(Truth truth, int height, int width) {
        byte[] target = new byte[height * width];
        for (int i = 0; i < target.length; i++) {
            int row = nearest(i / width, height, truth.height());
            target[i] = truth.classes()[row * truth.width() + nearest(i % width, width, truth.width())];
        }
        return target;
    }

    /** A mask whose values come from the nearest pixel. */
    static MaskPlane nearest(MaskPlane mask, int height, int width) {
        if (height == mask.height() && width == mask.width()) {
            return mask;
        }
        int[] values = new int[height * width];
        for (int i = 0; i < values.length; i++) {
            int row = nearest(i / width, height, mask.height());
            values[i] = mask.values()[row * mask.width() + nearest(i % width, width, mask.width())];
        }
        return new MaskPlane(height, width, mask.bits(), values);
    }

    /** The source pixel whose centre is nearest. */
    static int nearest(int at, int size, int sourceSize) {
        return (int) ((at + 0.5) * sourceSize / size);
    }

    /**
     * A target within a larger one; what is around it is left out of the loss.
     *
     * @param size rows and columns of the target
     * @param wanted rows and columns of the larger one
     * @param top row of the target that becomes the first: 0 or less
     * @param left column, likewise
     */
    static byte[] padded(byte[] target, int[] size, List<Integer> wanted, int top, int left) {
        byte[] padded = new byte[wanted.get(0) * wanted.get(1)];
        Arrays.fill(padded, (byte) Example.IGNORED);
        for (int y = 0; y < size[0]; y++) {
            System.arraycopy(target, y * size[1], padded, (y - top) * wanted.get(1) - left, size[1]);
        }
        return padded;
    }
}
