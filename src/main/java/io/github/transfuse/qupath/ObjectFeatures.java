package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Envelope;
import qupath.lib.analysis.features.ObjectMeasurements;
import qupath.lib.images.ImageData;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.images.servers.PixelCalibration;
import qupath.lib.objects.CellTools;
import qupath.lib.objects.PathObject;

/**
 * Makes of found objects what QuPath's own commands would: cells of nuclei, with shape and intensity features under QuPath's
 * names.
 *
 * @param image with the objects
 * @param settings for slides
 */
record ObjectFeatures(ImageData<BufferedImage> image, Settings settings) {
    /** How our measurements of a nucleus are called once there is a cell around it. */
    private static final Map<String, String> OF_NUCLEI = Map.of(
            "TransFuse: area µm^2", "TransFuse: nucleus area µm^2",
            "TransFuse: area px^2", "TransFuse: nucleus area px^2");

    /** Pixels along the longest side of an object that are looked at: more are reduced. */
    private static final double MAX_SIDE = 4096;

    private static final List<ObjectMeasurements.Measurements> INTENSITIES = List.of(
            ObjectMeasurements.Measurements.MEAN,
            ObjectMeasurements.Measurements.MEDIAN,
            ObjectMeasurements.Measurements.MIN,
            ObjectMeasurements.Measurements.MAX,
            ObjectMeasurements.Measurements.STD_DEV);

    private static final List<ObjectMeasurements.Compartments> COMPARTMENTS =
            Arrays.asList(ObjectMeasurements.Compartments.values());

    /** Whether cells are made. */
    boolean makesCells() {
        return settings.get(Keys.CELL_EXPANSION) > 0;
    }

    /**
     * Refuses what cannot be.
     *
     * @param detections whether found objects become detections
     * @throws SlideException if cells are asked for, but not detections
     */
    void require(boolean detections) {
        if (makesCells() && !detections) {
            throw new SlideException(
                    "Cells are made of nuclei, which are detections, but this run makes annotations. Leave"
                            + " cellExpansion out, make detections (in a script: createDetections()), or choose a model of nuclei.");
        }
    }

    /**
     * Finishes new objects, which need not be in the image yet.
     *
     * @return the same objects with their features, or the cells that were made of them
     * @throws IOException if the image cannot be read
     */
    List<PathObject> finished(List<PathObject> objects) throws IOException {
        List<PathObject> made = makesCells() ? cells(objects) : objects;
        if (settings.get(Keys.SHAPE_FEATURES)) {
            ObjectMeasurements.addShapeMeasurements(made, image.getServer().getPixelCalibration());
        }
        if (settings.get(Keys.INTENSITY_FEATURES)) {
            addIntensities(made);
        }
        return made;
    }

    private List<PathObject> cells(List<PathObject> nuclei) {
        PixelCalibration calibration = image.getServer().getPixelCalibration();
        double pixel = calibration.hasPixelSizeMicrons()
                ? (calibration.getPixelWidthMicrons() + calibration.getPixelHeightMicrons()) / 2
                : 1;
        List<PathObject> cells = CellTools.detectionsToCells(nuclei, settings.get(Keys.CELL_EXPANSION) / pixel, 0);
        for (PathObject cell : cells) {
            OF_NUCLEI.forEach((name, ofNucleus) -> {
                Number area = cell.getMeasurements().remove(name);
                if (area != null) {
                    cell.getMeasurements().put(ofNucleus, area);
                }
            });
        }
        return cells;
    }

    private void addIntensities(List<PathObject> objects) throws IOException {
        boolean stained = image.isBrightfield() && image.getColorDeconvolutionStains() != null;
        ImageServer<BufferedImage> seen = stained ? SeenImage.deconvolved(image) : image.getServer();
        try {
            objects.parallelStream().forEach(object -> {
                try {
                    ObjectMeasurements.addIntensityMeasurements(
                            seen, object, downsample(object), INTENSITIES, COMPARTMENTS);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static double downsample(PathObject object) {
        Envelope box = object.getROI().getGeometry().getEnvelopeInternal();
        return Math.max(1, Math.max(box.getWidth(), box.getHeight()) / MAX_SIDE);
    }
}
