package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import io.github.transfuse.Segmentation;
import io.github.transfuse.image.RoiName;
import io.github.transfuse.labels.Outlines;
import io.github.transfuse.model.OutputSpec;
import java.awt.Color;
import java.awt.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;

/** Draws the outlines of labels over an image, without touching the ROI Manager, the selection or what lay over it. */
final class LabelOverlay {
    private static final String PREFIX = RoiName.OVERLAY;

    private LabelOverlay() {}

    /**
     * Draws the outlines, in place of those of an earlier segmentation.
     *
     * @param result of that image
     * @param image gets the outlines
     */
    static void draw(Segmentation result, ImagePlus image) {
        List<String> classes = result.kind() == OutputSpec.Kind.CLASSES
                ? result.provenance().model().spec().output().classes().stream()
                        .map(OutputSpec.ClassSpec::name)
                        .toList()
                : List.of();
        draw(result.labels(), result.colors(), image, classes);
    }

    /**
     * Labels have the axes x, y and those of the slices and frames that the image has.
     *
     * @param classes what the labels are called, from 1 on; nothing for objects
     */
    static void draw(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            int[] colors,
            ImagePlus image,
            List<String> classes) {
        Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
        for (int i = overlay.size() - 1; i >= 0; i--) {
            String name = overlay.get(i).getName();
            if (name != null && name.startsWith(PREFIX)) {
                overlay.remove(i);
            }
        }
        long planes = Arrays.stream(labels.dimensionsAsLongArray()).skip(2).reduce(1, (a, b) -> a * b);
        for (int plane = 0; plane < planes; plane++) {
            for (Outlines.Ring ring : Outlines.trace(plane(labels, plane))) {
                Roi outline = outline(ring, colors);
                place(outline, plane, image);
                if (ring.label() <= classes.size()) {
                    outline.setName(RoiName.ofClass(classes.get((int) ring.label() - 1)));
                }
                overlay.add(outline);
            }
        }
        image.setOverlay(overlay);
    }

    private static RandomAccessibleInterval<? extends IntegerType<?>> plane(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, int index) {
        RandomAccessibleInterval<? extends IntegerType<?>> plane = labels;
        for (int rest = index; plane.numDimensions() > 2; ) {
            int length = (int) plane.dimension(2);
            plane = Views.hyperSlice(plane, 2, plane.min(2) + rest % length);
            rest /= length;
        }
        return plane;
    }

    /** The outlines of a plane of labels, moved by an offset in pixels. */
    static List<Roi> outlines(RandomAccessibleInterval<? extends IntegerType<?>> plane, int[] colors, Point offset) {
        List<Roi> outlines = new ArrayList<>();
        for (Outlines.Ring ring : Outlines.trace(plane)) {
            Roi outline = outline(ring, colors);
            outline.setLocation(outline.getXBase() + offset.x, outline.getYBase() + offset.y);
            outlines.add(outline);
        }
        return outlines;
    }

    private static Roi outline(Outlines.Ring ring, int[] colors) {
        int[] x = Arrays.stream(ring.x()).mapToInt(Math::toIntExact).toArray();
        int[] y = Arrays.stream(ring.y()).mapToInt(Math::toIntExact).toArray();
        Roi roi = new PolygonRoi(x, y, x.length, Roi.TRACED_ROI);
        roi.setName(PREFIX + ring.label());
        roi.setStrokeColor(new Color(colors[color(ring.label(), colors.length)]));
        return roi;
    }

    /** Labels beyond the colours have the same ones again, but none that of the background. */
    private static int color(long label, int colors) {
        return (int) ((label - 1) % (colors - 1) + 1);
    }

    private static void place(Roi roi, int plane, ImagePlus image) {
        if (image.isHyperStack() || image.getNChannels() > 1) {
            int slices = image.getNSlices();
            roi.setPosition(0, plane % slices + 1, plane / slices + 1);
        } else if (image.getStackSize() > 1) {
            roi.setPosition(plane + 1);
        }
    }
}
