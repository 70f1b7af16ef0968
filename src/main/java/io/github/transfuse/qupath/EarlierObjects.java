package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.slide.RegionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qupath.lib.objects.PathObject;
import qupath.lib.regions.ImagePlane;

/**
 * The objects that earlier runs made below an object, by what becomes of them in a run of a model.
 *
 * @param replaced of this model, as they were made
 * @param changed of this model, but a user changed them or put objects below them: they stay
 * @param ofOtherWeights number of those of a model of this name with other weights: they stay
 * @param ofOtherVersion number of those of which nothing is known, since an earlier version made them: they stay
 */
record EarlierObjects(List<PathObject> replaced, List<PathObject> changed, int ofOtherWeights, int ofOtherVersion) {
    /** How the names of our measurements begin. */
    private static final String OURS = "TransFuse: ";

    /**
     * Looks at what lies below an object: its children, and what {@code resolveHierarchy()} moved further down.
     *
     * @param plane only objects on it are looked at
     */
    static EarlierObjects below(PathObject parent, RegionReader.Plane plane, ModelFolder model) {
        List<PathObject> unchanged = new ArrayList<>();
        List<PathObject> changed = new ArrayList<>();
        int otherWeights = 0;
        int otherVersion = 0;
        for (PathObject object : made(parent, plane)) {
            Optional<ObjectMark> mark = ObjectMark.of(object);
            if (mark.isEmpty()) {
                otherVersion++;
            } else if (mark.get().isOf(model)) {
                (mark.get().isUnchanged(object) ? unchanged : changed).add(object);
            } else if (mark.get().isNamed(model)) {
                otherWeights++;
            }
        }
        List<PathObject> measured = measuredAlone(unchanged);
        unchanged.removeAll(measured);
        changed.addAll(measured);
        return new EarlierObjects(List.copyOf(unchanged), List.copyOf(changed), otherWeights, otherVersion);
    }

    private static List<PathObject> made(PathObject parent, RegionReader.Plane plane) {
        List<PathObject> found = new ArrayList<>();
        String id = parent.getID().toString();
        List<PathObject> open = new ArrayList<>(parent.getChildObjects());
        while (!open.isEmpty()) {
            PathObject object = open.remove(open.size() - 1);
            open.addAll(object.getChildObjects());
            boolean child = parent.equals(object.getParent());
            boolean moved = ObjectMark.of(object).map(ObjectMark::parent).equals(Optional.of(id));
            if ((child || moved) && ObjectMark.isOn(object) && isOn(object, plane)) {
                found.add(object);
            }
        }
        return found;
    }

    private static boolean isOn(PathObject object, RegionReader.Plane plane) {
        ImagePlane own = object.getROI().getImagePlane();
        return own.getZ() == plane.z() && own.getT() == plane.t();
    }

    /**
     * Objects with a measurement that not all have. QuPath's commands measure all objects, and measure new ones when they
     * are run again; what only some have somebody meant for these.
     */
    private static List<PathObject> measuredAlone(List<PathObject> objects) {
        Map<String, Integer> counts = new HashMap<>();
        for (PathObject object : objects) {
            object.getMeasurements().keySet().forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        return objects.stream()
                .filter(object -> object.getMeasurements().keySet().stream()
                        .anyMatch(name -> !name.startsWith(OURS) && counts.get(name) < objects.size()))
                .toList();
    }
}
