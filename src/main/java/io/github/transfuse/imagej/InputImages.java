package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.image.LookupTables;
import io.github.transfuse.image.Placement;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the image that a command shall work on, and keeps hold of its pixels. */
final class InputImages {

    private static final String PLACEMENT = "TransFuse placement";
    private static final String FROM_FILE = "TransFuse file";

    private InputImages() {}

    /** The active image of this thread, if there is one. */
    static Optional<ImagePlus> active() {
        return Optional.ofNullable(WindowManager.getCurrentImage());
    }

    /**
     * The active image of this thread, to be segmented. After a run its labels are active, which nobody means to segment.
     *
     * @throws IllegalArgumentException if it is a result of this plugin
     */
    static Optional<ImagePlus> activePicture() {
        Optional<ImagePlus> active = active();
        active.filter(InputImages::isResult).ifPresent(result -> {
            throw new IllegalArgumentException(
                    "The active image '" + result.getTitle()
                            + "' is a result of TransFuse. Make the image active that is to be segmented, or name one with input=.");
        });
        return active;
    }

    private static boolean isResult(ImagePlus image) {
        return image.getProp(ResultWriter.PROPERTY) != null;
    }

    /**
     * The open image with this ID or title, or else the image in the file of this path, which is not shown. Volumes of
     * medical formats are read as on the command line, and remember where they lie.
     *
     * @throws IllegalArgumentException if there is none
     * @throws IOException if a volume cannot be read
     */
    static ImagePlus named(String name) throws IOException {
        return named(Keys.INPUT, name);
    }

    /**
     * The same as the value of another setting.
     *
     * @param setting for the message
     */
    static ImagePlus named(SettingKey<?> setting, String name) throws IOException {
        Optional<ImagePlus> open = open(name);
        return (open.isPresent() ? open : fromFile(name))
                .orElseThrow(() -> new IllegalArgumentException(setting.name() + "=[" + name
                        + "] is neither the title nor the ID of an open image, nor a file that ImageJ can open."));
    }

    /** All open images, in the order in which they were opened, without results of this plugin. */
    static List<ImagePlus> all() {
        int[] ids = WindowManager.getIDList();
        return IntStream.of(ids == null ? new int[0] : ids)
                .mapToObj(WindowManager::getImage)
                .filter(image -> image != null && !isResult(image))
                .toList();
    }

    /**
     * The open image with this ID or title, if there is one. ImageJ lets images have the same title, and would take the first.
     *
     * @throws IllegalArgumentException if several have the title, and none of them is the active image
     */
    static Optional<ImagePlus> open(String name) {
        Optional<ImagePlus> byId = isInteger(name)
                ? Optional.ofNullable(WindowManager.getImage(Integer.parseInt(name)))
                : Optional.empty();
        Optional<ImagePlus> active = active().filter(image -> image.getTitle().equals(name));
        if (byId.isEmpty() && active.isEmpty() && areSeveral(name)) {
            throw new IllegalArgumentException("Several open images are called '" + name
                    + "'. Make the one that is meant active, give its ID, or rename it with Image > Rename...");
        }
        return byId.or(() -> active).or(() -> Optional.ofNullable(WindowManager.getImage(name)));
    }

    /** Whether more than one open image has this title. */
    static boolean areSeveral(String title) {
        int[] ids = WindowManager.getIDList();
        return IntStream.of(ids == null ? new int[0] : ids)
                        .mapToObj(WindowManager::getImage)
                        .filter(image -> image != null && image.getTitle().equals(title))
                        .count()
                > 1;
    }

    private static boolean isInteger(String text) {
        return text.matches("-?\\d{1,9}");
    }

    private static Optional<ImagePlus> fromFile(String name) throws IOException {
        try {
            Path path = Path.of(name);
            if (ImageFiles.isVolume(path)) {
                CalibratedImage volume = ImageFiles.read(path);
                ImagePlus image = ImagePlusImages.toImagePlus(volume);
                volume.placement().ifPresent(placement -> image.setProperty(PLACEMENT, placement));
                return Optional.of(image);
            }
            Optional<ImagePlus> image =
                    Files.isRegularFile(path) ? Optional.ofNullable(IJ.openImage(name)) : Optional.empty();
            // Nobody sees a selection that was saved with a file: it is as on the command line
            image.ifPresent(ImagePlus::deleteRoi);
            image.ifPresent(opened -> opened.setProperty(FROM_FILE, true));
            return image;
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The pixels of an image, with the place of a volume that {@link #named} has read from a file. */
    static CalibratedImage wrapped(ImagePlus image) {
        CalibratedImage pixels = ImagePlusImages.wrap(image);
        return pixels.withPlacement(placement(image));
    }

    /**
     * The same as a model sees them: with the colours of a picture whose colours are in a table.
     *
     * @param image or a part of it
     * @param lookup what the table of the image means
     * @throws UnsupportedImageException if it is not sure what the table means
     */
    static CalibratedImage seen(ImagePlus image, LookupTables lookup) throws UnsupportedImageException {
        return lookup.read(image).withPlacement(placement(image));
    }

    /** What the lookup table of an image means. */
    static LookupTables lookup(ImagePlus image) {
        return LookupTables.of(image, image.getProperty(FROM_FILE) != null);
    }

    /** The place of a volume that {@link #named} has read from a file. */
    static Optional<Placement> placement(ImagePlus image) {
        return image.getProperty(PLACEMENT) instanceof Placement placement ? Optional.of(placement) : Optional.empty();
    }

    /**
     * The same pixels in an image of our own, without copying them, so that the user may close the original meanwhile.
     *
     * @throws IllegalArgumentException if there is no image or no pixel in it
     */
    static ImagePlus held(Optional<ImagePlus> image) {
        ImagePlus original = image.orElseThrow(
                () -> new IllegalArgumentException("There is no image open. Open one, or name one with input=."));
        // SciJava hands over an image without pixels for a title that does not exist
        if (original.getWidth() == 0 || original.getHeight() == 0 || original.getProcessor() == null) {
            throw new IllegalArgumentException("The image '" + original.getTitle() + "' has no pixels.");
        }
        ImagePlus held = new ImagePlus(original.getTitle(), pixels(original.getStack()));
        held.setCalibration(original.getCalibration());
        held.setDimensions(original.getNChannels(), original.getNSlices(), original.getNFrames());
        held.setOpenAsHyperStack(original.isHyperStack());
        held.setFileInfo(original.getOriginalFileInfo());
        placement(original).ifPresent(placement -> held.setProperty(PLACEMENT, placement));
        held.setProperty("Info", original.getInfoProperty());
        return held;
    }

    private static ImageStack pixels(ImageStack stack) {
        if (stack.isVirtual()) {
            return stack;
        }
        // Closing an image empties its stack's array of planes, not the planes
        ImageStack planes = new ImageStack(stack.getWidth(), stack.getHeight(), stack.getColorModel());
        for (int i = 1; i <= stack.getSize(); i++) {
            planes.addSlice(stack.getSliceLabel(i), stack.getPixels(i));
        }
        return planes;
    }
}
