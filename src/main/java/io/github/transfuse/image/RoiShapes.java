package io.github.transfuse.image;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiEncoder;
import java.awt.Color;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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
     * The outlines of an object in a plane.
     *
     * @param name of the selection, such as {@code nucleus 12}
     * @param outlines at least one
     * @param group of the selection, 0 to 255; 0: none
     * @param color 0xRRGGBB
     * @param slice from 1; 0 if there is only one plane
     * @param frame from 1; 0 if there is only one plane
     */
    public record Named(String name, List<Outline> outlines, int group, int color, int slice, int frame) {
        /** Copies the list. */
        public Named {
            outlines = List.copyOf(outlines);
        }
    }

    /**
     * The selection of an object, at its place in an image of one channel.
     *
     * @param slices of the image
     * @param frames of the image
     * @param hyperstack whether its positions are those of hyperstacks: channel, slice and frame
     */
    public static Roi of(Named object, int slices, int frames, boolean hyperstack) {
        Roi roi = of(object.outlines);
        roi.setName(object.name);
        roi.setGroup(object.group);
        roi.setStrokeColor(new Color(object.color));
        if (object.slice > 0 && hyperstack) {
            roi.setPosition(0, object.slice, object.frame);
        } else if (object.slice > 0 && slices * frames > 1) {
            roi.setPosition((object.frame - 1) * slices + object.slice);
        }
        return roi;
    }

    /**
     * Writes selections as ImageJ's ROI Manager saves them.
     *
     * @param file such as {@code cells-rois.zip}
     * @param slices of the image
     * @param frames of the image
     * @throws UnwritableOutputException if it cannot be written
     */
    public static void writeZip(Path file, List<Named> objects, int slices, int frames)
            throws UnwritableOutputException {
        ResultFiles.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            Set<String> names = new HashSet<>();
            for (Named object : objects) {
                Roi roi = of(object, slices, frames, frames > 1);
                String name = roi.getName().replaceAll("[/\\\\:*?\"<>|]", "_");
                for (int i = 1; !names.add(name); i++) {
                    name = roi.getName() + "-" + i;
                }
                zip.putNextEntry(new ZipEntry(name + ".roi"));
                zip.write(RoiEncoder.saveAsByteArray(roi));
                zip.closeEntry();
            }
            zip.finish();
        });
    }

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
