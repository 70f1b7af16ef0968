package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.Learned;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlidePieces;
import io.github.transfuse.slide.TrainingSet;
import io.github.transfuse.slide.TrainingStart;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import qupath.lib.images.ImageData;

/**
 * Writes annotated regions to a folder that {@code transfuse train} reads. Regions have the class {@code Training} or
 * {@code Validation}; annotations of other classes within them are what is to be learned, except that classes whose names
 * end in {@code *} are left out of trainings (255, or 65535 for objects, in masks), as is what lies in the corners around a region that is no
 * rectangle. Points and lines count for nothing. The folder receives {@code images} and {@code masks} with equal names, in
 * pieces of at most 2048 x 2048 pixels, {@code validation.txt} with the stems of the pieces of validation regions,
 * {@code classes.txt} with the mask value, name and colour of each class, and {@code ignored.txt} if trainings need
 * {@code ignore_label}.
 *
 * <p>Small annotations of one class are objects, each with a number of its own in 16-bit masks, and {@code objects.txt} says
 * so; others are areas, whose masks hold the values of classes. {@code with("learn", "objects")} or {@code "areas"} chooses.
 * Detections count like annotations, except where an annotation covers them.
 *
 * <p>Pixels keep their values: calibrated images become TIFF, which keeps the size of a pixel; 8-bit pixels of one or three
 * channels without calibration become PNG. Exporting an image again replaces its pieces; images of equal names in one export
 * are numbered. Not for use by several threads.
 */
public final class TrainingSetExport {
    private final TrainingSet set;
    private final Settings settings;
    private final String folder;

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
     * @param sparse whether everything that is not annotated is ignored in training, which needs annotations of the
     *     class {@code Background} too; otherwise it is background
     */
    public TrainingSetExport(String folder, double pixelSize, boolean sparse) {
        this(folder, Settings.exporting().with(Keys.PIXEL_SIZE, pixelSize).with(Keys.SPARSE, sparse));
    }

    TrainingSetExport(String folder, Settings settings) {
        settings.require(Task.EXPORT);
        if (folder == null) {
            throw new IllegalArgumentException("No folder is given. Give the one in which the training set shall be.");
        }
        this.folder = folder;
        this.set = new TrainingSet(Path.of(folder), settings.get(Keys.SPARSE), Learned.of(settings.get(Keys.LEARN)));
        this.settings = settings;
    }

    /** The same with another setting of exports, such as {@code with("learn", "objects")}, before the first image is added. */
    public TrainingSetExport with(String key, Object value) {
        return new TrainingSetExport(folder, settings.with(key, value));
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
        if (image == null) {
            throw new SlideException("No image is open. Open one first, or name one with -i on the command line.");
        }
        ServerRegions server = ServerRegions.of(image);
        Annotated annotated = Annotated.of(image, settings.get(Keys.DETECTIONS));
        return set.add(
                TrainingImage.identity(image),
                new SlidePieces(
                        server.info(),
                        server,
                        annotated.drawings(),
                        settings.get(Keys.PIXEL_SIZE).orElse(TrainingStart.DEFAULT_PIXEL)));
    }
}
