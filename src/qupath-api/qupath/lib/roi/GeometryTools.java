package qupath.lib.roi;

import org.locationtech.jts.geom.Geometry;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class GeometryTools {
    public static ROI geometryToROI(Geometry geometry, ImagePlane plane) {
        throw new UnsupportedOperationException();
    }
}
