package qupath.lib.objects;

import java.util.Collection;
import java.util.List;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class CellTools {
    public static List<PathObject> detectionsToCells(
            Collection<? extends PathObject> detections, double distance, double nucleusScale) {
        throw new UnsupportedOperationException();
    }
}
