package io.github.transfuse.samples;

import java.io.IOException;
import java.util.List;

/**
 * How wide what masks show is: twice the area over the length of its outline, which is the width of a line and three
 * quarters of the radius of a disk. The outline is counted in sides of pixels.
 */
public final class StructureWidth {
    private long foreground;
    private long background;
    private long sides;

    private StructureWidth() {}

    /**
     * The width of the thinner of foreground and background, in pixels of the masks; infinite where nothing has an outline.
     *
     * @param coding with a foreground and a background
     * @throws IOException if a mask cannot be read
     */
    public static double thinner(List<Pair> pairs, MaskCoding coding) throws IOException {
        StructureWidth width = new StructureWidth();
        for (Pair pair : pairs) {
            for (MaskPlane plane : MaskPlane.read(pair.mask())) {
                width.add(coding.classes(plane, pair.stem()), plane.width());
            }
        }
        return width.thinner();
    }

    private void add(byte[] classes, int width) {
        for (int i = 0; i < classes.length; i++) {
            boolean lastOfRow = (i + 1) % width == 0;
            foreground += classes[i] == 1 ? 1 : 0;
            background += classes[i] == 0 ? 1 : 0;
            sides += !lastOfRow && isSide(classes[i], classes[i + 1]) ? 1 : 0;
            sides += i + width < classes.length && isSide(classes[i], classes[i + width]) ? 1 : 0;
        }
    }

    /** Whether one is foreground and the other background: what is left out has no outline. */
    private static boolean isSide(byte one, byte other) {
        return one + other == 1;
    }

    private double thinner() {
        return sides == 0 ? Double.POSITIVE_INFINITY : 2.0 * Math.min(foreground, background) / sides;
    }
}
