package io.github.transfuse.image;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.util.List;

/** Outlines along pixel edges as ImageJ's selections. */
public final class RoiShapes {
    private RoiShapes() {}

    /**
     * A closed outline.
     *
     * @param x of the vertices
     * @param y of the vertices
     */
    public record Outline(int[] x, int[] y) {}

    /**
     * One selection of outlines: a traced one, as of ImageJ's wand, or of several parts and holes one composite, in which
     * what lies in an even number of them is outside.
     *
     * @param outlines at least one
     */
    public static Roi of(List<Outline> outlines) {
        if (outlines.size() == 1) {
            Outline outline = outlines.get(0);
            return new PolygonRoi(outline.x(), outline.y(), outline.x().length, Roi.TRACED_ROI);
        }
        GeneralPath path = new GeneralPath(Path2D.WIND_EVEN_ODD);
        for (Outline outline : outlines) {
            path.moveTo(outline.x()[0], outline.y()[0]);
            for (int i = 1; i < outline.x().length; i++) {
                path.lineTo(outline.x()[i], outline.y()[i]);
            }
            path.closePath();
        }
        return new ShapeRoi(path);
    }
}
