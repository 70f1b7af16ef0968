package io.github.transfuse.image;

import ij.gui.Roi;
import ij.process.ByteProcessor;
import java.awt.Rectangle;
import java.util.BitSet;

/**
 * The pixels of a plane that the user has selected; in a stack, those of all planes.
 *
 * @param width of the plane in pixels
 * @param height of the plane in pixels
 * @param pixels selected ones, in raster order
 */
public record SelectedArea(int width, int height, BitSet pixels) {
    /** Copies the set. */
    public SelectedArea {
        pixels = (BitSet) pixels.clone();
    }

    /**
     * What ImageJ would fill; the part of a selection beyond the image is left out.
     *
     * @param selection with an area
     * @param width of the image
     * @param height of the image
     */
    public static SelectedArea of(Roi selection, int width, int height) {
        ByteProcessor drawn = new ByteProcessor(width, height);
        drawn.setColor(1);
        drawn.fill(selection);
        byte[] values = (byte[]) drawn.getPixels();
        BitSet pixels = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            pixels.set(i, values[i] != 0);
        }
        return new SelectedArea(width, height, pixels);
    }

    /** A copy of the pixels. */
    @Override
    public BitSet pixels() {
        return (BitSet) pixels.clone();
    }

    /** Whether planes of this size are meant. */
    public boolean isOf(long planeWidth, long planeHeight) {
        return width == planeWidth && height == planeHeight;
    }

    /** Whether nothing is selected. */
    public boolean isEmpty() {
        return pixels.isEmpty();
    }

    /** Whether the plane is selected as a whole. */
    public boolean isAll() {
        return pixels.nextClearBit(0) >= width * height;
    }

    /** Whether a pixel of the plane is selected. */
    public boolean contains(long x, long y) {
        return pixels.get((int) (y * width + x));
    }

    /** Whether a pixel of a rectangle is selected; it may reach beyond the plane. Ends are not included. */
    public boolean touches(long left, long top, long right, long bottom) {
        int from = (int) Math.max(0, left);
        int to = (int) Math.min(width, right);
        for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y++) {
            int next = pixels.nextSetBit(y * width + from);
            if (next >= 0 && next < y * width + to) {
                return true;
            }
        }
        return false;
    }

    /** Whether all pixels of a rectangle are selected, apart from those beyond the plane. Ends are not included. */
    public boolean holds(long left, long top, long right, long bottom) {
        int from = (int) Math.max(0, left);
        int to = (int) Math.min(width, right);
        for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y++) {
            if (pixels.nextClearBit(y * width + from) < y * width + to) {
                return false;
            }
        }
        return true;
    }

    /** The smallest rectangle around what is selected. */
    public Rectangle bounds() {
        Rectangle bounds = new Rectangle(-1, -1);
        for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
            bounds.add(new Rectangle(i % width, i / width, 1, 1));
        }
        return bounds;
    }

    /** With all pixels around that are at most so far away along each axis. */
    public SelectedArea grown(int right, int down) {
        BitSet wide = new BitSet();
        for (int y = 0; y < height; y++) {
            int end = (y + 1) * width;
            for (int i = pixels.nextSetBit(y * width); i >= 0 && i < end; i = pixels.nextSetBit(i + 1)) {
                wide.set(Math.max(y * width, i - right), (int) Math.min(end, i + 1L + right));
            }
        }
        BitSet tall = (BitSet) wide.clone();
        for (int x = 0; x < width; x++) {
            for (int y = 0, last = -1; y < height; y++) {
                if (wide.get(y * width + x)) {
                    for (int above = Math.max(last + 1, y - down); above < y; above++) {
                        tall.set(above * width + x);
                    }
                    last = y;
                } else if (last >= 0 && y - last <= down) {
                    tall.set(y * width + x);
                }
            }
        }
        return new SelectedArea(width, height, tall);
    }

    /** The part within a rectangle, as seen from there. */
    public SelectedArea within(Rectangle part) {
        BitSet inside = new BitSet();
        for (int y = 0; y < part.height; y++) {
            for (int x = 0; x < part.width; x++) {
                inside.set(y * part.width + x, contains(part.x + (long) x, part.y + (long) y));
            }
        }
        return new SelectedArea(part.width, part.height, inside);
    }
}
