package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
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
 * Training and evaluating with images that are open: {@code images} and {@code masks} may be titles or IDs instead of
 * folders, several with semicolons between them. The planes are written as pairs into the output folder, so that the
 * training can be resumed and repeated. The same titles for both mean that the masks are ROIs; see {@link DrawnTruth}.
 */
final class OpenTrainingImages {
    /** Folder in the model folder. */
    static final String FOLDER = "training-data";

    /** An image of one plane is cut into so many parts along each side: one validates what the others teach. */
    private static final int PARTS = 2;

    private final TrainingDataFolder folder;
    private final Truth truth;

    private OpenTrainingImages(TrainingDataFolder folder, Truth truth) {
        this.folder = folder;
        this.truth = truth;
    }

    /**
     * What is right in the images.
     *
     * @param evaluated model that is evaluated; empty: one is trained
     * @param notes told what was done
     */
    private record Truth(Optional<ModelSpec> evaluated, Consumer<String> notes) {
        boolean resumes(Settings settings) {
            return evaluated.isEmpty() && settings.get(Keys.RESUME);
        }
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
        return inFolders(settings, new Truth(Optional.empty(), notes));
    }

    /**
     * The same for evaluating: ROIs are what the model finds, its classes or objects.
     *
     * @param model that is evaluated
     */
    static Settings forEvaluating(Settings settings, ModelSpec model, Consumer<String> notes) throws IOException {
        return inFolders(settings, new Truth(Optional.of(model), notes));
    }

    private static Settings inFolders(Settings settings, Truth truth) throws IOException {
        String source = settings.written(Keys.MASKS);
        boolean named = source.equals(RoiSource.MANAGER) || source.equals(RoiSource.OVERLAY);
        List<ImagePlus> images = OpenTitles.open(settings.written(Keys.IMAGES));
        List<ImagePlus> labels = named ? images : OpenTitles.open(source);
        if (images.isEmpty() && (named || labels.isEmpty())) {
            return settings;
        }
        if (images.isEmpty() || labels.size() != images.size() || !settings.has(Keys.OUTPUT)) {
            throw new IllegalArgumentException("images=[" + settings.written(Keys.IMAGES) + "] and masks=[" + source
                    + "]: give two folders, or the titles of two open images, or of as many of each with ';' between"
                    + " them, and the output. For ROIs, masks is the title of the image itself, manager or overlay.");
        }
        Path folder = settings.folder(Keys.OUTPUT).resolve(FOLDER);
        for (int i = 0; i < images.size(); i++) {
            requireFitting(images.get(i), labels.get(i));
        }
        Settings found = settings;
        if (ownRois(images, labels)) {
            DrawnTruth rois = new DrawnTruth(images, truth.evaluated, truth.notes);
            found = truth.resumes(settings) ? DrawnTruth.again(settings, folder) : rois.draw(settings, named);
            if (!truth.resumes(settings)) {
                TrainingDataFolder data = TrainingDataFolder.emptied(folder);
                new OpenTrainingImages(data, truth).write(images, rois.masks());
                rois.writeClasses(data.masks());
            }
        } else if (!truth.resumes(settings)) {
            new OpenTrainingImages(TrainingDataFolder.emptied(folder), truth).write(images, labels);
        }
        return found.with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString());
    }

    /** Whether the images are their own masks: their ROIs are meant. */
    private static boolean ownRois(List<ImagePlus> images, List<ImagePlus> labels) {
        List<ImagePlus> own = IntStream.range(0, images.size())
                .filter(i -> labels.get(i) == images.get(i))
                .mapToObj(images::get)
                .toList();
        if (!own.isEmpty() && own.size() < images.size()) {
            throw new IllegalArgumentException("The masks of '" + own.get(0).getTitle()
                    + "' are its ROIs, and those of other images are label images. Train with one kind at a time:"
                    + " TransFuse ROIs to Labels... makes label images of ROIs.");
        }
        return !own.isEmpty();
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
            if (planes == 1 && images.size() == 1 && truth.evaluated.isEmpty()) {
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
        truth.notes.accept("The image has one plane: it is cut into " + PARTS * PARTS
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
