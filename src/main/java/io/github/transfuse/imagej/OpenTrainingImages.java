package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
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
 * Training and evaluating with images that are open: {@code images} and {@code masks} may be titles or IDs instead of folders. The planes
 * are written as pairs into the output folder, so that the training can be resumed and repeated. One title for both means
 * that the masks are ROIs: those of the ROI Manager or of the image.
 */
final class OpenTrainingImages {
    /** Folder in the model folder. */
    static final String FOLDER = "training-data";

    /** An image of one plane is cut into so many parts along each side: one validates what the others teach. */
    private static final int PARTS = 2;

    private final Path folder;
    private final String name;
    private final Optional<ModelSpec> evaluated;
    private final Consumer<String> notes;

    private OpenTrainingImages(Path folder, String name, Optional<ModelSpec> evaluated, Consumer<String> notes) {
        this.folder = folder;
        this.name = name;
        this.evaluated = evaluated;
        this.notes = notes;
    }

    /**
     * The settings with folders in the place of titles.
     *
     * @param notes told what was done
     * @throws IllegalArgumentException if image and labels do not fit each other
     * @throws IOException if the planes cannot be written, or it is unclear what ROIs mean
     */
    static Settings inFolders(Settings settings, Consumer<String> notes) throws IOException {
        return inFolders(settings, Optional.empty(), notes);
    }

    /**
     * The same for evaluating: ROIs are what the model finds, its classes or objects.
     *
     * @param model that is evaluated
     */
    static Settings forEvaluating(Settings settings, ModelSpec model, Consumer<String> notes) throws IOException {
        return inFolders(settings, Optional.of(model), notes);
    }

    private static Settings inFolders(Settings settings, Optional<ModelSpec> evaluated, Consumer<String> notes)
            throws IOException {
        Optional<ImagePlus> image = open(settings.written(Keys.IMAGES));
        Optional<ImagePlus> labels = open(settings.written(Keys.MASKS));
        if (image.isEmpty() && labels.isEmpty()) {
            return settings;
        }
        String source = settings.written(Keys.MASKS);
        boolean named = source.equals(RoiSource.MANAGER) || source.equals(RoiSource.OVERLAY);
        if (image.isEmpty() || (labels.isEmpty() && !named) || !settings.has(Keys.OUTPUT)) {
            throw new IllegalArgumentException("images=[" + settings.written(Keys.IMAGES) + "] and masks=[" + source
                    + "]: give two folders, or the titles of two open images, and the output. For ROIs, masks is the"
                    + " title of the image itself, manager or overlay.");
        }
        Path folder = settings.folder(Keys.OUTPUT).resolve(FOLDER);
        ImagePlus held = image.get();
        OpenTrainingImages made = new OpenTrainingImages(folder, stem(held), evaluated, notes);
        Settings found = settings;
        if (labels.isEmpty() || labels.get() == held) {
            found = made.drawn(settings, held, labels.isEmpty() ? Optional.of(source) : Optional.empty());
        } else if (!made.resumes(settings)) {
            made.write(held, labels.get());
        }
        return found.with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString());
    }

    private boolean resumes(Settings settings) {
        return evaluated.isEmpty() && settings.get(Keys.RESUME);
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

    /** Draws the ROIs, and says in the settings what they are. */
    private Settings drawn(Settings settings, ImagePlus image, Optional<String> source) throws IOException {
        Path masks = folder.resolve("masks");
        if (resumes(settings)) {
            return ClassList.beside(masks).isPresent() ? settings : with(settings, RoiMeaning.OBJECTS);
        }
        RoiMasks.Drawn truth = RoiSource.truth(image, source);
        RoiMasks rois = masks(truth, RoiMeaning.of(settings.written(Keys.MASK_TYPE)));
        write(image, rois.draw(truth, notes));
        if (evaluated.isPresent()) {
            return with(settings, rois.meaning());
        }
        if (rois.meaning() == RoiMeaning.OBJECTS) {
            ClassList.remove(masks);
            notes.accept("Each ROI is an object.");
            return with(settings, RoiMeaning.OBJECTS);
        }
        ClassList.write(masks, rois.classes());
        notes.accept("Classes drawn from ROIs: " + String.join(", ", rois.classes()));
        return settings;
    }

    private RoiMasks masks(RoiMasks.Drawn truth, Optional<RoiMeaning> asked) throws IOException {
        if (evaluated.isEmpty()) {
            return RoiMasks.of(List.of(truth), asked);
        }
        OutputSpec output = evaluated.get().output();
        RoiMeaning ofClasses = output.classes().size() > 1 ? RoiMeaning.CLASSES : RoiMeaning.ONE;
        RoiMeaning ofModel = output.kind() == OutputSpec.Kind.CLASSES ? ofClasses : RoiMeaning.OBJECTS;
        return asked.orElse(ofModel) == RoiMeaning.CLASSES
                ? RoiMasks.ofKnown(
                        truth,
                        output.classes().stream()
                                .map(OutputSpec.ClassSpec::name)
                                .toList())
                : RoiMasks.of(List.of(truth), Optional.of(asked.orElse(ofModel)));
    }

    private static Settings with(Settings settings, RoiMeaning meaning) {
        return settings.with(Keys.MASK_TYPE, meaning.maskType());
    }

    private void write(ImagePlus image, ImagePlus labels) throws IOException {
        requireFitting(image, labels);
        for (String part : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(part));
        }
        int planes = image.getNSlices() * image.getNFrames();
        boolean cut = planes == 1 && evaluated.isEmpty();
        if (cut) {
            notes.accept("The image has one plane: it is cut into " + PARTS * PARTS
                    + " parts, one of which validates what the others teach.");
        }
        for (int plane = 0; plane < planes; plane++) {
            ImagePlus pixels = plane(image, plane);
            ImagePlus truth = plane(labels, plane);
            if (cut) {
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
