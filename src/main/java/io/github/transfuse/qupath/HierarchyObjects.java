package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.slide.FoundObject;
import io.github.transfuse.slide.KeptShapes;
import io.github.transfuse.slide.Placed;
import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Geometry;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.PathObjects;
import qupath.lib.objects.classes.PathClass;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.GeometryTools;
import qupath.lib.roi.interfaces.ROI;

/**
 * Puts found objects into QuPath's hierarchy, below the object that was segmented. What an earlier run of the same model
 * made there is replaced, unless somebody changed it since; all else stays.
 *
 * @param hierarchy of the image
 * @param model that found them
 * @param detections whether they become detections; otherwise annotations
 * @param features that they get
 */
record HierarchyObjects(PathObjectHierarchy hierarchy, ModelFolder model, boolean detections, ObjectFeatures features) {

    /**
     * The objects to segment: each once, and without those that a run made below another of them, which
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
                .filter(object -> !ObjectMark.isOn(object) || !isBelowOne(object, parents))
                .toList();
    }

    private static boolean isBelowOne(PathObject object, Set<PathObject> parents) {
        for (PathObject above = object.getParent(); above != null; above = above.getParent()) {
            if (parents.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What shall come below an object, complete but not there yet.
     *
     * @param made new objects
     * @param leftOut number of those that are left out for what was changed
     * @param lost number of those of which no cell could be made
     */
    record Prepared(PathObject parent, EarlierObjects earlier, List<PathObject> made, int leftOut, int lost) {}

    /**
     * Makes the objects; nothing in the image is changed.
     *
     * @throws IOException if the image cannot be read for their features
     */
    Prepared prepare(PathObject parent, RegionReader.Plane plane, List<FoundObject> found) throws IOException {
        EarlierObjects earlier = EarlierObjects.below(parent, plane, model);
        KeptShapes kept = new KeptShapes(earlier.changed().stream()
                .map(PathObject::getROI)
                .filter(ROI::isArea)
                .map(ROI::getGeometry)
                .toList());
        ImagePlane imagePlane = ImagePlane.getPlane(plane.z(), plane.t());
        List<PathObject> bare = new ArrayList<>();
        int leftOut = 0;
        for (FoundObject object : found) {
            Optional<FoundObject> free = kept.free(object);
            leftOut += free.map(HierarchyObjects::pieces).orElse(0) < pieces(object) ? 1 : 0;
            free.ifPresent(rest -> bare.add(make(rest, imagePlane)));
        }
        List<PathObject> made = features.finished(bare);
        made.forEach(object -> ObjectMark.put(object, model, parent));
        return new Prepared(parent, earlier, made, leftOut, bare.size() - made.size());
    }

    /** Fires no event, so that all of a run is one step of QuPath's undo. */
    Placed replace(Prepared prepared) {
        EarlierObjects earlier = prepared.earlier;
        remove(earlier.replaced());
        prepared.parent.addChildObjects(prepared.made);
        int made = prepared.made.size();
        return new Placed(
                made,
                prepared.leftOut,
                earlier.changed().size(),
                earlier.ofOtherWeights(),
                earlier.ofOtherVersion(),
                isInImage(prepared.parent) ? 0 : made,
                0);
    }

    private static int pieces(FoundObject object) {
        return object.shape().getNumGeometries();
    }

    /** What is removed must not stay selected: a next run would segment it. */
    private void remove(List<PathObject> objects) {
        Set<PathObject> selected = new HashSet<>(hierarchy.getSelectionModel().getSelectedObjects());
        selected.retainAll(new HashSet<>(objects));
        if (!selected.isEmpty()) {
            hierarchy.getSelectionModel().deselectObjects(selected);
        }
        Map<PathObject, List<PathObject>> byParent =
                objects.stream().collect(Collectors.groupingBy(PathObject::getParent));
        byParent.forEach(PathObject::removeChildObjects);
    }

    private boolean isInImage(PathObject object) {
        PathObject top = object;
        for (PathObject above = top; above != null; above = above.getParent()) {
            top = above;
        }
        return top.equals(hierarchy.getRootObject());
    }

    private PathObject make(FoundObject found, ImagePlane plane) {
        Geometry shape = found.shape();
        ROI roi = GeometryTools.geometryToROI(shape, plane);
        PathClass pathClass =
                PathClass.getInstance(found.kind().name(), found.kind().color());
        PathObject object = detections
                ? PathObjects.createDetectionObject(roi, pathClass)
                : PathObjects.createAnnotationObject(roi, pathClass);
        object.getMeasurements().putAll(found.measurements());
        return object;
    }
}
