package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.image.LookupTables;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
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
 * Training and evaluating with images that are open: {@code images} and {@code masks} may be titles or IDs instead of
 * folders, several with semicolons between them. The planes are written as pairs into the output folder, so that the
 * training can be resumed and repeated. One title for both means that the masks are ROIs: those of the ROI Manager or of
 * the image.
 */
final class OpenTrainingImages {
    /** Folder in the model folder. */
    static final String FOLDER = "training-data";

    /** An image of one plane is cut into so many parts along each side: one validates what the others teach. */
    private static final int PARTS = 2;

    private final Path folder;
    private final Optional<ModelSpec> evaluated;
    private final Consumer<String> notes;

    private OpenTrainingImages(Path folder, Optional<ModelSpec> evaluated, Consumer<String> notes) {
        this.folder = folder;
        this.evaluated = evaluated;
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
        List<ImagePlus> images = OpenTitles.open(settings.written(Keys.IMAGES));
        List<OpenMask> masks = OpenMask.read(settings.written(Keys.MASKS));
        if (images.isEmpty() && masks.stream().allMatch(mask -> mask.labels().isEmpty())) {
            return settings;
        }
        if (images.isEmpty() || masks.size() != images.size() || !settings.has(Keys.OUTPUT)) {
            throw new IllegalArgumentException("images=[" + settings.written(Keys.IMAGES) + "] and masks=["
                    + settings.written(Keys.MASKS) + "]: give two folders, or the titles of two open images, or of as"
                    + " many of each with ';' between them, and the output. For ROIs, masks is the"
                    + " title of the image itself, manager or overlay.");
        }
        Path folder = settings.folder(Keys.OUTPUT).resolve(FOLDER);
        OpenTrainingImages made = new OpenTrainingImages(folder, evaluated, notes);
        Settings found = settings;
        if (OpenMask.areRois(masks, images)) {
            found = made.drawn(settings, images, masks);
        } else if (!made.resumes(settings)) {
            made.write(
                    images,
                    masks.stream().map(mask -> mask.labels().orElseThrow()).toList());
        }
        return found.with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString());
    }

    private boolean resumes(Settings settings) {
        return evaluated.isEmpty() && settings.get(Keys.RESUME);
    }

    /** Draws the ROIs, and says in the settings what they are. */
    private Settings drawn(Settings settings, List<ImagePlus> images, List<OpenMask> given) throws IOException {
        Path masks = folder.resolve("masks");
        if (resumes(settings)) {
            return ClassList.beside(masks).isPresent() ? settings : with(settings, RoiMeaning.OBJECTS);
        }
        List<RoiMasks.Drawn> truth = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            truth.add(RoiSource.truth(images.get(i), given.get(i).source()));
        }
        RoiMasks rois = masks(truth, RoiMeaning.of(settings.written(Keys.MASK_TYPE)));
        List<ImagePlus> labels = new ArrayList<>();
        for (RoiMasks.Drawn drawn : truth) {
            labels.add(rois.draw(drawn, notes));
        }
        write(images, labels);
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

    private RoiMasks masks(List<RoiMasks.Drawn> truth, Optional<RoiMeaning> asked) throws IOException {
        if (evaluated.isEmpty()) {
            return RoiMasks.of(truth, asked);
        }
        OutputSpec output = evaluated.get().output();
        RoiMeaning ofClasses = output.classes().size() > 1 ? RoiMeaning.CLASSES : RoiMeaning.ONE;
        RoiMeaning ofModel = output.kind() == OutputSpec.Kind.CLASSES ? ofClasses : RoiMeaning.OBJECTS;
        return asked.orElse(ofModel) == RoiMeaning.CLASSES
                ? RoiMasks.ofKnown(
                        together(truth),
                        output.classes().stream()
                                .map(OutputSpec.ClassSpec::name)
                                .toList())
                : RoiMasks.of(truth, Optional.of(asked.orElse(ofModel)));
    }

    private static Settings with(Settings settings, RoiMeaning meaning) {
        return settings.with(Keys.MASK_TYPE, meaning.maskType());
    }

    /** The ROIs of all images, to look at their names. */
    private static RoiMasks.Drawn together(List<RoiMasks.Drawn> truth) {
        return truth.size() == 1
                ? truth.get(0)
                : new RoiMasks.Drawn(
                        truth.get(0).image(),
                        truth.stream().flatMap(drawn -> drawn.rois().stream()).toList());
    }

    private static int planes(ImagePlus image) {
        return image.getNSlices() * image.getNFrames();
    }

    private void write(List<ImagePlus> images, List<ImagePlus> labels) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            requireFitting(images.get(i), labels.get(i));
        }
        TrainingDataFolder data = TrainingDataFolder.emptied(folder);
        List<Piece> pieces = pieces(images);
        data.announce(pieces.stream().map(Piece::file).toList());
        List<LookupTables> lookups = images.stream().map(InputImages::lookup).toList();
        lookups.forEach(lookup -> lookup.note().ifPresent(notes));
        for (Piece piece : pieces) {
            LookupTables lookup = lookups.get(piece.image);
            ImagePlus stored = part(images.get(piece.image), piece);
            save(lookup.isStored() ? stored : ImagePlusImages.toImagePlus(lookup.read(stored)), piece, data.images());
            save(part(labels.get(piece.image), piece), piece, data.masks());
        }
    }

    private List<Piece> pieces(List<ImagePlus> images) {
        List<Piece> pieces = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            String name = name(images.get(i), names);
            int planes = planes(images.get(i));
            if (planes == 1 && images.size() == 1 && evaluated.isEmpty()) {
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

    private static ImagePlus part(ImagePlus image, Piece piece) {
        ImagePlus pixels = plane(image, piece.plane);
        if (piece.part.isPresent()) {
            pixels.setRoi(piece.part.get());
            pixels = new Duplicator().run(pixels);
        }
        pixels.setOverlay(null);
        return pixels;
    }

    private static void save(ImagePlus pixels, Piece piece, Path folder) throws IOException {
        RoiMasks.save(pixels, folder.resolve(piece.file));
    }
}
