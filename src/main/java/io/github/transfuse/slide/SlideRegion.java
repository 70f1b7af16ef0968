package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Envelope;

/**
 * A rectangle of a slide, in pixels of the full resolution.
 *
 * @param x left border
 * @param y upper border
 * @param width at least 1
 * @param height at least 1
 * @param plane of a stack
 */
public record SlideRegion(int x, int y, int width, int height, RegionReader.Plane plane) {

    /** All of a plane. */
    public static SlideRegion all(SlideInfo slide, RegionReader.Plane plane) {
        return new SlideRegion(0, 0, slide.width(), slide.height(), plane);
    }

    /**
     * The pixels that a shape touches.
     *
     * @throws io.github.transfuse.slide.SlideException if it lies outside the slide
     */
    public static SlideRegion around(Envelope shape, SlideInfo slide, RegionReader.Plane plane) {
        int left = (int) Math.max(0, Math.floor(shape.getMinX()));
        int top = (int) Math.max(0, Math.floor(shape.getMinY()));
        int right = (int) Math.min(slide.width(), Math.ceil(shape.getMaxX()));
        int bottom = (int) Math.min(slide.height(), Math.ceil(shape.getMaxY()));
        if (shape.isNull() || right <= left || bottom <= top) {
            throw new SlideException("A selected object lies outside the image " + slide.name() + " (" + slide.width()
                    + " x " + slide.height() + " pixels). Select objects inside it.");
        }
        return new SlideRegion(left, top, right - left, bottom - top, plane);
    }

    /** Its borders. */
    Envelope envelope() {
        return new Envelope(x, x + (double) width, y, y + (double) height);
    }

    /**
     * Cuts it into pieces of about one size, row by row, so that no sliver is left over.
     *
     * @param most longest side of a piece, at least 1
     */
    List<SlideRegion> pieces(int most) {
        int columns = (width - 1) / most + 1;
        int rows = (height - 1) / most + 1;
        List<SlideRegion> pieces = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int top = border(height, row, rows);
            int bottom = border(height, row + 1, rows);
            for (int column = 0; column < columns; column++) {
                int left = border(width, column, columns);
                int right = border(width, column + 1, columns);
                pieces.add(new SlideRegion(x + left, y + top, right - left, bottom - top, plane));
            }
        }
        return pieces;
    }

    private static int border(int length, int index, int count) {
        return (int) ((long) length * index / count);
    }
}
