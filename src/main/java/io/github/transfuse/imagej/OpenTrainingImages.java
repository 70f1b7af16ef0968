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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Training from images that are open: {@code images} and {@code masks} may be titles or IDs instead of folders, several with
 * semicolons between them. The planes are written as pairs into the model folder, so that the training can be resumed and
 * repeated. One title for both means that the masks are the image's ROIs.
 */
final class OpenTrainingImages {
    /** Folder in the model folder. */
    static final String FOLDER = "training-data";

    /** An image of one plane is cut into so many parts along each side: one validates what the others teach. */
    private static final int PARTS = 2;

    private final TrainingDataFolder folder;
    private final Consumer<String> notes;

    private OpenTrainingImages(TrainingDataFolder folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /**
     * A plane, or a part of one, and its file.
     *
     * @param image index of the image
     * @param plane index of the plane
     * @param part of the plane; empty: all of it
     * @param file name
     */
    private record Piece(int image, int plane, Optional<Roi> part, String file) {}

    /**
     * The settings with folders in the place of titles.
     *
     * @param notes told what was done
     * @throws IllegalArgumentException if image and labels do not fit each other
     * @throws IOException if the planes cannot be written
     */
    static Settings inFolders(Settings settings, Consumer<String> notes) throws IOException {
        List<ImagePlus> images = OpenTitles.open(settings.written(Keys.IMAGES));
        List<ImagePlus> labels = OpenTitles.open(settings.written(Keys.MASKS));
        if (images.isEmpty() && labels.isEmpty()) {
            return settings;
        }
        if (images.isEmpty() || labels.size() != images.size() || !settings.has(Keys.OUTPUT)) {
            throw new IllegalArgumentException(
                    "images=[" + settings.written(Keys.IMAGES) + "] and masks=[" + settings.written(Keys.MASKS)
                            + "]: give two folders, or the titles of two open images, or of as many of each with ';'"
                            + " between them, and the output.");
        }
        Path folder = settings.folder(Keys.OUTPUT).resolve(FOLDER);
        if (!settings.get(Keys.RESUME)) {
            for (int i = 0; i < images.size(); i++) {
                requireFitting(images.get(i), labels.get(i));
            }
            Optional<RoiMasks> rois = rois(images, labels);
            TrainingDataFolder data = TrainingDataFolder.emptied(folder);
            List<ImagePlus> truth = rois.isPresent() ? drawn(rois.get(), images, data.masks(), notes) : labels;
            new OpenTrainingImages(data, notes).write(images, truth);
        }
        return settings.with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString());
    }

    /** The classes of the ROIs of all images, if the images are their own masks. */
    private static Optional<RoiMasks> rois(List<ImagePlus> images, List<ImagePlus> labels) throws IOException {
        List<ImagePlus> own = images.stream()
                .filter(image -> labels.get(images.indexOf(image)) == image)
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        if (own.size() < images.size()) {
            throw new IllegalArgumentException("The masks of '" + own.get(0).getTitle()
                    + "' are its ROIs, and those of other images are label images. Train with one kind at a time:"
                    + " TransFuse ROIs to Labels... makes label images of ROIs.");
        }
        for (ImagePlus image : images) {
            if (!RoiMasks.hasAreas(image)) {
                throw new IllegalArgumentException("The image '" + image.getTitle()
                        + "' has no ROI with an area. Add ROIs to its overlay, or name a label image as masks.");
            }
        }
        return Optional.of(RoiMasks.of(images));
    }

    private static List<ImagePlus> drawn(RoiMasks rois, List<ImagePlus> images, Path masks, Consumer<String> notes)
            throws IOException {
        ClassList.write(masks, rois.classes());
        notes.accept("Classes drawn from ROIs: " + String.join(", ", rois.classes()));
        return images.stream().map(rois::draw).toList();
    }

    private static int planes(ImagePlus image) {
        return image.getNSlices() * image.getNFrames();
    }

    private void write(List<ImagePlus> images, List<ImagePlus> labels) throws IOException {
        List<Piece> pieces = pieces(images);
        folder.announce(pieces.stream().map(Piece::file).toList());
        for (Piece piece : pieces) {
            save(images.get(piece.image), piece, folder.images());
            save(labels.get(piece.image), piece, folder.masks());
        }
    }

    private List<Piece> pieces(List<ImagePlus> images) {
        List<Piece> pieces = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            String name = name(images.get(i), names);
            int planes = planes(images.get(i));
            if (planes == 1 && images.size() == 1) {
                pieces.addAll(quarters(images.get(0), name));
                continue;
            }
            for (int plane = 0; plane < planes; plane++) {
                String number = planes == 1 ? "" : String.format(Locale.ROOT, "-plane%04d", plane + 1);
                pieces.add(new Piece(i, plane, Optional.empty(), name + number + ".tif"));
            }
        }
        return pieces;
    }

    /** The name of an image in files; of two images with one stem the second gets a number. */
    private static String name(ImagePlus image, Set<String> names) {
        String stem = ResultFiles.stem(image.getTitle()).replaceAll("[^\\w.-]+", "-");
        String name = stem;
        for (int i = 2; !names.add(name); i++) {
            name = stem + "-" + i;
        }
        return name;
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

    private List<Piece> quarters(ImagePlus image, String name) {
        notes.accept("The image has one plane: it is cut into " + PARTS * PARTS
                + " parts, one of which validates what the others teach.");
        int width = image.getWidth() / PARTS;
        int height = image.getHeight() / PARTS;
        return IntStream.range(0, PARTS * PARTS)
                .mapToObj(part -> new Piece(
                        0,
                        0,
                        Optional.of(new Roi(part % PARTS * width, part / PARTS * height, width, height)),
                        name + "-part" + (part + 1) + ".tif"))
                .toList();
    }

    private static void save(ImagePlus image, Piece piece, Path folder) throws IOException {
        ImagePlus pixels = plane(image, piece.plane);
        if (piece.part.isPresent()) {
            pixels.setRoi(piece.part.get());
            pixels = new Duplicator().run(pixels);
        }
        pixels.setOverlay(null);
        RoiMasks.save(pixels, folder.resolve(piece.file));
    }
}
