package qupath.lib.roi.interfaces;

import org.locationtech.jts.geom.Geometry;
import qupath.lib.regions.ImagePlane;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface ROI {
    ImagePlane getImagePlane();

    Geometry getGeometry();

    boolean isArea();
}
