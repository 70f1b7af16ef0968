package qupath.lib.analysis.features;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Collection;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.images.servers.PixelCalibration;
import qupath.lib.objects.PathObject;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ObjectMeasurements {
    /** Some of them. */
    public enum Measurements {
        MEAN,
        MEDIAN,
        MIN,
        MAX,
        STD_DEV
    }

    /** Whose constants are not used by name. */
    public enum Compartments {
        CELL
    }

    /** Whose constants are not used by name. */
    public enum ShapeFeatures {
        AREA
    }

    public static void addShapeMeasurements(
            Collection<? extends PathObject> objects, PixelCalibration calibration, ShapeFeatures... features) {
        throw new UnsupportedOperationException();
    }

    public static void addIntensityMeasurements(
            ImageServer<BufferedImage> server,
            PathObject object,
            double downsample,
            Collection<Measurements> measurements,
            Collection<Compartments> compartments)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
