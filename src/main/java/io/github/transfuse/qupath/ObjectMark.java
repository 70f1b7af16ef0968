package io.github.transfuse.qupath;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.model.ModelFolder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import qupath.lib.objects.PathObject;
import qupath.lib.roi.interfaces.ROI;

/**
 * What is written on an object that was made, in its metadata, so that later runs know whether they may replace it.
 *
 * @param weights checksum of the weights of the model that made it
 * @param parent ID of the object that was segmented
 * @param look how the object was when it was made
 * @param model name of that model
 */
record ObjectMark(String weights, String parent, String look, String model) {
    /** Shown by QuPath, with the model's name; earlier versions wrote the name of the class. */
    static final String NAME = "TransFuse";

    /** QuPath's tables leave out what begins so. */
    private static final String KEY = "_TransFuse";

    private static final int CHECKSUM_LETTERS = 16;
    private static final int PARTS = 4;

    /** Whether a run of this or an earlier version made an object. */
    static boolean isOn(PathObject object) {
        Map<String, String> metadata = object.getMetadata();
        return metadata.containsKey(NAME) || metadata.containsKey(KEY);
    }

    /** The mark of an object; empty if there is none, or that of an earlier version. */
    static Optional<ObjectMark> of(PathObject object) {
        String[] parts = object.getMetadata().getOrDefault(KEY, "").split(" ", PARTS);
        return parts.length == PARTS
                ? Optional.of(new ObjectMark(parts[0], parts[1], parts[2], parts[3]))
                : Optional.empty();
    }

    /** Marks an object that is complete but for its measurements. */
    static void put(PathObject object, ModelFolder model, PathObject parent) {
        Map<String, String> metadata = object.getMetadata();
        String name = model.spec().identity().name();
        metadata.put(NAME, name);
        metadata.put(
                KEY, String.join(" ", shortened(model.sha256()), parent.getID().toString(), look(object), name));
    }

    /** Whether this model made the object, with these weights. */
    boolean isOf(ModelFolder made) {
        return isNamed(made) && weights.equals(shortened(made.sha256()));
    }

    /** Whether a model of this name made it, with whatever weights. */
    boolean isNamed(ModelFolder made) {
        return model.equals(made.spec().identity().name());
    }

    /** Whether an object is as it was made. Measurements are not looked at. */
    boolean isUnchanged(PathObject object) {
        return look.equals(look(object)) && object.getChildObjects().isEmpty();
    }

    /** All that a user can change; the ID too, for a copy of an object is the user's. */
    private static String look(PathObject object) {
        Map<String, String> metadata = new TreeMap<>(object.getMetadata());
        metadata.remove(NAME);
        metadata.remove(KEY);
        StringBuilder text = new StringBuilder()
                .append(object.getID())
                .append('\n')
                .append(object.getPathClass())
                .append('\n')
                .append(object.getName())
                .append('\n')
                .append(object.getColor())
                .append('\n')
                .append(object.isLocked())
                .append('\n')
                .append(metadata)
                .append('\n');
        appendOutline(text, object.getROI());
        return shortened(Sha256.of(text.toString()));
    }

    /** QuPath keeps the corners of simple polygons in single precision. */
    private static void appendOutline(StringBuilder text, ROI roi) {
        text.append(roi.getImagePlane().getZ())
                .append(' ')
                .append(roi.getImagePlane().getT())
                .append('\n');
        Geometry outline = roi.getGeometry();
        for (int i = 0; i < outline.getNumGeometries(); i++) {
            for (Coordinate corner : outline.getGeometryN(i).getCoordinates()) {
                text.append((float) corner.getX())
                        .append(',')
                        .append((float) corner.getY())
                        .append(' ');
            }
            text.append('\n');
        }
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(CHECKSUM_LETTERS, checksum.length()));
    }
}
