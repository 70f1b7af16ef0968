package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Training from images that are open: {@code images} and {@code masks} may be titles or IDs instead of folders. The planes
 * are written as pairs into the model folder, so that the training can be resumed and repeated. One title for both means
 * that the masks are the image's ROIs.
 */
final class OpenTrainingImages {
    /** Folder in the model folder. */
    static final String FOLDER = "training-data";

    /** An image of one plane is cut into so many parts along each side: one validates what the others teach. */
    private static final int PARTS = 2;

    private final Path folder;
    private final String name;

    private OpenTrainingImages(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /**
     * The settings with folders in the place of titles.
     *
     * @param notes told what was done
     * @throws IllegalArgumentException if image and labels do not fit each other
     * @throws IOException if the planes cannot be written
     */
    static Settings inFolders(Settings settings, Consumer<String> notes) throws IOException {
        Optional<ImagePlus> image = open(settings.written(Keys.IMAGES));
        Optional<ImagePlus> labels = open(settings.written(Keys.MASKS));
        if (image.isEmpty() && labels.isEmpty()) {
            return settings;
        }
        if (image.isEmpty() || labels.isEmpty() || !settings.has(Keys.OUTPUT)) {
            throw new IllegalArgumentException(
                    "images=[" + settings.written(Keys.IMAGES) + "] and masks=[" + settings.written(Keys.MASKS)
                            + "]: give two folders, or the titles of two open images, and the output.");
        }
        Path folder = settings.folder(Keys.OUTPUT).resolve(FOLDER);
        if (!settings.get(Keys.RESUME)) {
            ImagePlus held = image.get();
            ImagePlus truth = held == labels.get() ? drawn(held, folder.resolve("masks"), notes) : labels.get();
            new OpenTrainingImages(folder, stem(held)).write(held, truth, notes);
        }
        return settings.with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString());
    }

    private static Optional<ImagePlus> open(String value) {
        return value.isEmpty() || exists(value) ? Optional.empty() : InputImages.open(value);
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String stem(ImagePlus image) {
        return ResultFiles.stem(image.getTitle()).replaceAll("[^\\w.-]+", "-");
    }

    private static ImagePlus drawn(ImagePlus image, Path masks, Consumer<String> notes) throws IOException {
        if (!RoiMasks.hasAreas(image)) {
            throw new IllegalArgumentException("The image '" + image.getTitle()
                    + "' has no ROI with an area. Add ROIs to its overlay, or name a label image as masks.");
        }
        RoiMasks rois = RoiMasks.of(List.of(image));
        ClassList.write(masks, rois.classes());
        notes.accept("Classes drawn from ROIs: " + String.join(", ", rois.classes()));
        return rois.draw(image);
    }

    private void write(ImagePlus image, ImagePlus labels, Consumer<String> notes) throws IOException {
        requireFitting(image, labels);
        for (String part : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(part));
        }
        int planes = image.getNSlices() * image.getNFrames();
        if (planes == 1) {
            notes.accept("The image has one plane: it is cut into " + PARTS * PARTS
                    + " parts, one of which validates what the others teach.");
        }
        for (int plane = 0; plane < planes; plane++) {
            ImagePlus pixels = plane(image, plane);
            ImagePlus truth = plane(labels, plane);
            if (planes == 1) {
                quarters(pixels, truth);
            } else {
                save(pixels, truth, String.format(Locale.ROOT, "%s-plane%04d.tif", name, plane + 1));
            }
        }
    }

    private static void requireFitting(ImagePlus image, ImagePlus labels) {
        boolean fit = image.getWidth() == labels.getWidth()
                && image.getHeight() == labels.getHeight()
                && image.getNSlices() * image.getNFrames() == labels.getNSlices() * labels.getNFrames();
        if (!fit) {
            throw new IllegalArgumentException("Image and labels do not fit each other: " + size(image) + ", but "
                    + size(labels) + ". Give labels the width, height, slices and frames of the image.");
        }
    }

    private static String size(ImagePlus image) {
        return "'" + image.getTitle() + "' is " + image.getWidth() + " x " + image.getHeight() + ", "
                + image.getNSlices() + " slice(s), " + image.getNFrames() + " frame(s)";
    }

    private static ImagePlus plane(ImagePlus image, int index) {
        int slice = 1 + index % image.getNSlices();
        int frame = 1 + index / image.getNSlices();
        Roi selection = image.getRoi();
        image.deleteRoi();
        try {
            return new Duplicator().run(image, 1, image.getNChannels(), slice, slice, frame, frame);
        } finally {
            image.setRoi(selection);
        }
    }

    private void quarters(ImagePlus pixels, ImagePlus truth) throws IOException {
        int width = pixels.getWidth() / PARTS;
        int height = pixels.getHeight() / PARTS;
        for (int part = 0; part < PARTS * PARTS; part++) {
            Roi quarter = new Roi(part % PARTS * width, part / PARTS * height, width, height);
            pixels.setRoi(quarter);
            truth.setRoi(quarter);
            save(new Duplicator().run(pixels), new Duplicator().run(truth), name + "-part" + (part + 1) + ".tif");
        }
    }

    private void save(ImagePlus pixels, ImagePlus truth, String file) throws IOException {
        pixels.setOverlay(null);
        truth.setOverlay(null);
        RoiMasks.save(pixels, folder.resolve("images").resolve(file));
        RoiMasks.save(truth, folder.resolve("masks").resolve(file));
    }
}
