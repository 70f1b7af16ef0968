package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import qupath.lib.objects.PathObject;
import qupath.lib.roi.interfaces.ROI;

/** Objects that are there twice, since a model made them below two objects that overlap, such as an annotation and the image. */
final class Twins {
    private Twins() {}

    /** QuPath keeps corners in single precision. */
    private record Place(boolean detection, int z, int t, List<Float> box, int corners) {
        static Place of(PathObject object) {
            ROI roi = object.getROI();
            Geometry shape = roi.getGeometry();
            Envelope box = shape.getEnvelopeInternal();
            return new Place(
                    object.isDetection(),
                    roi.getImagePlane().getZ(),
                    roi.getImagePlane().getT(),
                    List.of((float) box.getMinX(), (float) box.getMaxX(), (float) box.getMinY(), (float) box.getMaxY()),
                    shape.getNumPoints());
        }
    }

    /**
     * How many new objects have a twin.
     *
     * @param root of the image
     * @param made new objects, which are in the image
     * @param model that made them
     */
    static int count(PathObject root, Collection<PathObject> made, ModelFolder model) {
        Set<Place> places = made.stream().map(Place::of).collect(Collectors.toSet());
        Set<Place> seen = new HashSet<>();
        Set<Place> twice = new HashSet<>();
        List<PathObject> open = new ArrayList<>(root.getChildObjects());
        while (!open.isEmpty()) {
            PathObject object = open.remove(open.size() - 1);
            open.addAll(object.getChildObjects());
            if (ObjectMark.of(object).filter(mark -> mark.isOf(model)).isPresent()) {
                Place place = Place.of(object);
                if (places.contains(place) && !seen.add(place)) {
                    twice.add(place);
                }
            }
        }
        return twice.size();
    }
}
