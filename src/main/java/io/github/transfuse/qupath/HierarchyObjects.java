package io.github.transfuse.qupath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.PathObjects;
import qupath.lib.objects.classes.PathClass;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.GeometryTools;
import qupath.lib.roi.interfaces.ROI;

/**
 * Puts found objects into QuPath's hierarchy, below the object that was segmented. Objects of an earlier run below it are
 * replaced; those of the user stay.
 */
record HierarchyObjects(PathObjectHierarchy hierarchy, boolean detections) {
    /** Metadata by which objects of an earlier run are known. */
    private static final String MARK = "TransFuse";

    /**
     * The objects to segment: each once, and without those of an earlier run that this run is about to replace, which
     * {@code selectAnnotations()} selects too.
     *
     * @throws SlideException if one is null
     */
    static List<PathObject> parents(Collection<? extends PathObject> given) {
        Set<PathObject> parents = new LinkedHashSet<>(given);
        if (parents.contains(null)) {
            throw new SlideException(
                    "One of the objects to segment is null. Give a list such as getAnnotationObjects().");
        }
        return parents.stream()
                .filter(object -> !object.getMetadata().containsKey(MARK) || !parents.contains(object.getParent()))
                .toList();
    }

    void replace(PathObject parent, RegionReader.Plane plane, List<FoundObject> found) {
        ImagePlane imagePlane = ImagePlane.getPlane(plane.z(), plane.t());
        List<PathObject> earlier = parent.getChildObjects().stream()
                .filter(child -> child.getMetadata().containsKey(MARK))
                .filter(child -> isOn(child, plane))
                .toList();
        hierarchy.removeObjects(earlier, true);
        List<PathObject> made = new ArrayList<>();
        for (FoundObject object : found) {
            made.add(make(object, imagePlane));
        }
        parent.addChildObjects(made);
    }

    private static boolean isOn(PathObject object, RegionReader.Plane plane) {
        ImagePlane own = object.getROI().getImagePlane();
        return own.getZ() == plane.z() && own.getT() == plane.t();
    }

    private PathObject make(FoundObject found, ImagePlane plane) {
        ROI roi = GeometryTools.geometryToROI(found.shape(), plane);
        PathClass pathClass =
                PathClass.getInstance(found.kind().name(), found.kind().color());
        PathObject object = detections
                ? PathObjects.createDetectionObject(roi, pathClass)
                : PathObjects.createAnnotationObject(roi, pathClass);
        object.getMeasurements().putAll(found.measurements());
        object.getMetadata().put(MARK, found.kind().name());
        return object;
    }
}
