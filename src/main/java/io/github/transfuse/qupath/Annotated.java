package io.github.transfuse.qupath;

import io.github.transfuse.slide.Drawing;
import io.github.transfuse.slide.Drawings;
import io.github.transfuse.slide.RegionReader;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.locationtech.jts.geom.Geometry;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;

/**
 * What trainings can learn of an image.
 *
 * @param drawings with a class
 * @param nameless objects in regions that have no class, of which nothing can be learned
 */
record Annotated(List<Drawing> drawings, int nameless) {
    private static final String NONE = "none";
    private static final String CORRECTED = "corrected";

    /** QuPath's class of what lies around others; it says nothing of the pixels in it, unlike {@code Ignore*}. */
    private static final String AROUND = "Region*";

    /**
     * Looks at the annotations and detections of an image.
     *
     * @param detections which of them count: {@code all}, {@code corrected} or {@code none}
     */
    static Annotated of(ImageData<BufferedImage> image, String detections) {
        return of(
                image.getHierarchy().getAnnotationObjects(),
                image.getHierarchy().getDetectionObjects(),
                detections);
    }

    static Annotated of(Collection<PathObject> annotations, Collection<PathObject> found, String detections) {
        List<PathObject> objects = new ArrayList<>(areas(annotations, object -> true));
        if (!detections.equals(NONE)) {
            boolean some = detections.equals(CORRECTED);
            objects.addAll(areas(found, object -> !object.isTile() && (!some || isCorrected(object))));
        }
        List<Drawing> drawings = Drawings.withoutTwins(objects.stream()
                .filter(object -> object.getPathClass() != null)
                .filter(object -> !AROUND.equals(object.getPathClass().toString()))
                .map(Annotated::drawing)
                .toList());
        List<Drawing> regions = drawings.stream().filter(Drawing::isRegion).toList();
        int nameless = (int) objects.stream()
                .filter(object -> object.getPathClass() == null)
                // what was drawn around others is no object itself
                .filter(object -> object.getChildObjects().isEmpty())
                .filter(object -> regions.stream().anyMatch(region -> isIn(object, region)))
                .count();
        return new Annotated(drawings, nameless);
    }

    private static List<PathObject> areas(Collection<PathObject> objects, Predicate<PathObject> wanted) {
        return objects.stream()
                .filter(object -> object.hasROI() && object.getROI().isArea())
                .filter(wanted)
                .toList();
    }

    private static boolean isIn(PathObject object, Drawing region) {
        Geometry shape = object.getROI().getGeometry();
        return plane(object.getROI()).equals(region.plane()) && region.shape().contains(shape.getInteriorPoint());
    }

    private static boolean isCorrected(PathObject object) {
        return ObjectMark.of(object).filter(mark -> !mark.isUnchanged(object)).isPresent();
    }

    private static Drawing drawing(PathObject object) {
        Integer color = object.getPathClass().getColor();
        Drawing.Maker maker = object.isAnnotation()
                ? Drawing.Maker.PERSON
                : isCorrected(object) ? Drawing.Maker.CORRECTED : Drawing.Maker.PROGRAM;
        return new Drawing(
                object.getPathClass().toString(),
                color == null ? 0 : color & 0xffffff,
                object.getROI().getGeometry(),
                plane(object.getROI()),
                maker);
    }

    private static RegionReader.Plane plane(ROI roi) {
        ImagePlane plane = roi.getImagePlane();
        return new RegionReader.Plane(plane.getZ(), plane.getT());
    }
}
