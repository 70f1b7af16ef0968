package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.Drawing;
import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlidePieces;
import io.github.transfuse.slide.TrainingSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;

/**
 * Writes annotated regions to a folder that {@code transfuse train} reads. Regions have the class {@code Training} or
 * {@code Validation}; annotations of other classes within them are what is to be learned, except that classes whose names
 * end in {@code *} are left out of trainings (255 in masks), as is what lies in the corners around a region that is no
 * rectangle. Points and lines count for nothing. The folder receives {@code images} and {@code masks} with equal names, in
 * pieces of at most 2048 x 2048 pixels, {@code validation.txt} with the stems of the pieces of validation regions,
 * {@code classes.txt} with the mask value, name and colour of each class, and {@code ignored.txt} if trainings need
 * {@code ignore_label=255}.
 *
 * <p>Pixels keep their values: calibrated images become TIFF, which keeps the size of a pixel; 8-bit pixels of one or three
 * channels without calibration become PNG. Exporting an image again replaces its pieces; images of equal names in one export
 * are numbered. Not for use by several threads.
 */
public final class TrainingSetExport {
    /** The property of an image that was read from a project: QuPath's identifier of its entry there. */
    private static final String ENTRY = "PROJECT_ENTRY_ID";

    private final TrainingSet set;
    private final double pixelSize;

    /**
     * An export.
     *
     * @param folder made if missing
     * @param pixelSize at which the regions are written, in microns; images without calibration, and images whose pixels
     *     are larger, are written as they are
     */
    public TrainingSetExport(String folder, double pixelSize) {
        this(folder, pixelSize, false);
    }

    /**
     * An export of regions that need not be annotated everywhere.
     *
     * @param folder made if missing
     * @param pixelSize as above
     * @param sparse whether everything that is not annotated is ignored (255) in training, which needs annotations of the
     *     class {@code Background} too; otherwise it is background
     */
    public TrainingSetExport(String folder, double pixelSize, boolean sparse) {
        this(folder, Settings.exporting().with(Keys.PIXEL_SIZE, pixelSize).with(Keys.SPARSE, sparse));
    }

    TrainingSetExport(String folder, Settings settings) {
        settings.require(Task.EXPORT);
        this.set = new TrainingSet(Path.of(folder), settings.get(Keys.SPARSE));
        this.pixelSize = settings.get(Keys.PIXEL_SIZE).orElseThrow();
    }

    /**
     * Adds the regions of an image. Regions in which nothing is annotated are background, if there are annotations in
     * another region of this image, or of an image that was added before. With {@code sparse} they are left out.
     *
     * @return how many regions were written
     * @throws SlideException if the image has no region of the class Training or Validation, or nothing is annotated in any
     *     region of the folder, or a region cannot be read; nothing is changed then
     * @throws IOException if the folder cannot be written
     */
    public int add(ImageData<BufferedImage> image) throws IOException {
        Object entry = image.getProperty(ENTRY);
        return set.add(entry == null ? image.getServer().getPath() : entry, pieces(image));
    }

    /** Whether an image has regions to export. */
    static boolean hasRegions(ImageData<BufferedImage> image) {
        return drawings(image).stream().anyMatch(Drawing::isRegion);
    }

    /** Whether an image has annotations of classes in its regions. */
    boolean hasClasses(ImageData<BufferedImage> image) {
        return set.hasClasses(pieces(image));
    }

    private SlidePieces pieces(ImageData<BufferedImage> image) {
        ServerRegions server = new ServerRegions(image.getServer());
        return new SlidePieces(server.info(), server, drawings(image), pixelSize);
    }

    private static List<Drawing> drawings(ImageData<BufferedImage> image) {
        List<Drawing> drawings = new ArrayList<>();
        for (PathObject annotation : image.getHierarchy().getAnnotationObjects()) {
            if (annotation.getPathClass() != null
                    && annotation.hasROI()
                    && annotation.getROI().isArea()) {
                drawings.add(drawing(annotation));
            }
        }
        return drawings;
    }

    private static Drawing drawing(PathObject annotation) {
        ROI roi = annotation.getROI();
        ImagePlane plane = roi.getImagePlane();
        Integer color = annotation.getPathClass().getColor();
        return new Drawing(
                annotation.getPathClass().toString(),
                color == null ? 0 : color & 0xffffff,
                roi.getGeometry(),
                new RegionReader.Plane(plane.getZ(), plane.getT()));
    }
}
