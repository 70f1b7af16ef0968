package qupath.lib.objects;

import qupath.lib.objects.classes.PathClass;
import qupath.lib.roi.interfaces.ROI;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class PathObjects {
    public static PathObject createAnnotationObject(ROI roi, PathClass pathClass) {
        throw new UnsupportedOperationException();
    }

    public static PathObject createDetectionObject(ROI roi, PathClass pathClass) {
        throw new UnsupportedOperationException();
    }
}
