package io.github.transfuse.samples;

import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How wide what masks show is: twice the area over the length of its outline, which is the width of a line and three
 * quarters of the radius of a disk. The outline is counted in sides of pixels.
 */
public final class StructureWidth {
    /** A class that fewer images have decides nothing: one image in five. */
    private static final int FAIR = 5;

    private final long[] areas;
    private final long[] sides;
    private final int[] images;

    private StructureWidth(int classes) {
        areas = new long[classes];
        sides = new long[classes];
        images = new int[classes];
    }

    /**
     * A class and how wide it is.
     *
     * @param ofClass 0 is the background: the gaps between the others
     * @param pixels width; infinite where nothing has an outline
     */
    public record Width(int ofClass, double pixels) {}

    /**
     * The thinnest class, background included; of several beside the background, of those that at least a fifth of the masks
     * have.
     *
     * @param coding with classes that are areas
     * @return in pixels of the masks
     * @throws IOException if a mask cannot be read
     */
    public static Width thinnest(List<Pair> pairs, MaskCoding coding) throws IOException {
        StructureWidth width = new StructureWidth(Math.max(2, coding.classes()));
        for (Pair pair : pairs) {
            long[] before = width.areas.clone();
            for (MaskPlane plane : coding.planes(pair.mask(), ImageFiles.readLabels(pair.mask()))) {
                width.add(coding.classes(plane, pair.stem()), plane.width());
            }
            Arrays.setAll(width.images, k -> width.images[k] + (width.areas[k] > before[k] ? 1 : 0));
        }
        return width.thinnest(pairs.size());
    }

    private void add(byte[] classes, int width) {
        for (int i = 0; i < classes.length; i++) {
            if ((classes[i] & 0xFF) != Example.IGNORED) {
                areas[classes[i]]++;
            }
            if ((i + 1) % width != 0) {
                addSide(classes[i], classes[i + 1]);
            }
            if (i + width < classes.length) {
                addSide(classes[i], classes[i + width]);
            }
        }
    }

    /** What is left out has no outline. */
    private void addSide(byte one, byte other) {
        if (one != other && (one & 0xFF) != Example.IGNORED && (other & 0xFF) != Example.IGNORED) {
            sides[one]++;
            sides[other]++;
        }
    }

    private Width thinnest(int masks) {
        boolean several = areas.length > 2;
        return IntStream.range(0, areas.length)
                .filter(k -> sides[k] > 0 && (!several || images[k] * FAIR >= masks))
                .mapToObj(k -> new Width(k, 2.0 * areas[k] / sides[k]))
                .reduce((a, b) -> b.pixels < a.pixels ? b : a)
                .orElse(new Width(0, Double.POSITIVE_INFINITY));
    }
}
