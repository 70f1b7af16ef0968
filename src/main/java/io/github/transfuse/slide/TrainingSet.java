package io.github.transfuse.slide;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder that {@code transfuse train} reads, with pieces of slides: {@code images} and {@code masks} with equal stems,
 * {@code validation.txt} with the stems by which trainings are judged, {@code classes.txt} with the classes, {@code
 * objects.txt} if masks number objects, and {@code ignored.txt} if they hold pixels that are to be left out. What an image adds appears when all of it is written.
 */
public final class TrainingSet {
    private static final String IMAGES = "images";
    private static final String MASKS = "masks";
    private static final List<String> PARTS = List.of(IMAGES, MASKS);
    private static final String VALIDATION = "validation.txt";
    private static final String IGNORED = "ignored.txt";
    private static final String CLASSES = "classes.txt";
    private static final String OBJECTS = "objects.txt";

    private final Path folder;
    private final boolean sparse;
    private final Optional<Learned> asked;
    private final PieceNames names = new PieceNames();

    /**
     * A set; nothing is written yet.
     *
     * @param folder made if missing
     * @param sparse whether what is not drawn is left out of trainings; otherwise it is background
     * @param asked what drawings are; empty: as in the folder, or as fits the first image
     */
    public TrainingSet(Path folder, boolean sparse, Optional<Learned> asked) {
        this.folder = folder;
        this.sparse = sparse;
        this.asked = asked;
    }

    /**
     * Writes the regions of an image. Pieces that an earlier export made of an image of this name are replaced.
     *
     * @param identity equal for one image only, whatever its name
     * @return how many regions were written: those in which nothing is to be learned are left out
     * @throws SlideException if no region of this set has anything to learn, or the slide cannot be read; the folder is
     *     then as it was
     * @throws IOException if the folder cannot be written
     */
    public int add(Object identity, SlidePieces slide) throws IOException {
        MaskCodes codes =
                MaskCodes.beside(folder.resolve(MASKS), sparse, learned(slide)).with(slide.contents());
        if (slide.regions().isEmpty() || codes.classes().isEmpty()) {
            throw new SlideException(
                    "There is nothing to export: draw at least one annotation of the class Training, and"
                            + " within it annotations of the classes that are to be learned.");
        }
        ResultFiles.requireWritable(folder);
        String image = names.of(identity, slide.slide().name());
        try (StagedFiles staged = StagedFiles.in(folder)) {
            Batch batch = new Batch(image, staged, slide);
            int written = 0;
            for (Drawing region : slide.regions()) {
                written += batch.write(region, codes) ? 1 : 0;
            }
            publish(batch, codes, staged);
            return written;
        }
    }

    private Learned learned(SlidePieces slide) {
        Optional<Learned> there = Files.exists(folder.resolve(CLASSES))
                ? Optional.of(hasObjects(folder) ? Learned.OBJECTS : Learned.AREAS)
                : Optional.empty();
        if (there.isPresent() && asked.isPresent() && there.get() != asked.get()) {
            throw new SlideException("The folder " + folder + " holds masks of "
                    + there.get().name().toLowerCase(Locale.ROOT) + ", to which no "
                    + asked.get().name().toLowerCase(Locale.ROOT) + " can be added. Choose another folder.");
        }
        return asked.or(() -> there)
                .orElseGet(() -> TrainingCounts.of(List.of(slide), sparse).fitting());
    }

    /** Whether there is anything to learn in a slide, apart from background. */
    public boolean hasClasses(SlidePieces slide) {
        MaskCodes codes = new MaskCodes(List.of(), sparse, Learned.AREAS);
        return slide.contents().stream().anyMatch(codes::isClass);
    }

    /** Whether pixels of masks are to be left out in trainings. */
    static boolean hasIgnored(Path folder) {
        return Files.exists(folder.resolve(IGNORED));
    }

    /** Whether masks number objects. */
    static boolean hasObjects(Path folder) {
        return Files.exists(folder.resolve(OBJECTS));
    }

    /** The list of what trainings are judged by. */
    static Path validation(Path folder) {
        return folder.resolve(VALIDATION);
    }

    /** Removes a set of an earlier attempt; other files stay. */
    public static void discard(Path folder) throws IOException {
        for (String part : PARTS) {
            for (String name : names(folder.resolve(part))) {
                FolderTree.deleteOne(folder.resolve(part).resolve(name));
            }
        }
        for (String list : List.of(VALIDATION, CLASSES, IGNORED, OBJECTS)) {
            FolderTree.deleteOne(folder.resolve(list));
        }
    }

    private void publish(Batch batch, MaskCodes codes, StagedFiles staged) throws IOException {
        Set<String> validation = new LinkedHashSet<>(lines(VALIDATION));
        validation.removeIf(stem -> PieceNames.isPieceOf(batch.image, stem));
        validation.addAll(batch.validation);
        staged.file(CLASSES);
        ClassList.writeColored(batch.parts.get(MASKS), codes.classes());
        if (codes.learned() == Learned.OBJECTS) {
            ResultFiles.writeText(
                    staged.file(OBJECTS), "Train with --mask-type instances: each value of a mask is one object.\n");
        }
        if (batch.ignores) {
            ResultFiles.writeText(
                    staged.file(IGNORED),
                    "Train with --ignore-label " + codes.ignored() + ": masks hold pixels that are to be left out.\n");
        }
        for (String part : PARTS) {
            Set<String> written = names(batch.parts.get(part));
            written.forEach(name -> staged.file(part + "/" + name));
            names(folder.resolve(part)).stream()
                    .filter(name -> !written.contains(name))
                    .filter(name -> PieceNames.isPieceOf(batch.image, ResultFiles.stem(name)))
                    .forEach(name -> staged.remove(part + "/" + name));
        }
        ResultFiles.writeText(
                staged.file(VALIDATION), String.join("\n", validation) + (validation.isEmpty() ? "" : "\n"));
        staged.publish();
    }

    /** Names of the pieces in a folder, which need not exist. */
    private static Set<String> names(Path part) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(part)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(part, "*.{png,tif}")) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        return names;
    }

    private List<String> lines(String list) throws IOException {
        Path file = folder.resolve(list);
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }

    /** Pieces of an image that are written, but not yet where they belong. */
    private static final class Batch {
        private final String image;
        private final Map<String, Path> parts = new LinkedHashMap<>();
        private final SlidePieces slide;
        private final Set<String> stems = new LinkedHashSet<>();
        private final Set<String> validation = new LinkedHashSet<>();
        private boolean ignores;

        Batch(String image, StagedFiles staged, SlidePieces slide) throws IOException {
            this.image = image;
            this.slide = slide;
            for (String part : PARTS) {
                parts.put(part, staged.folder(part));
            }
        }

        /** Writes a region; whether there was something in it. */
        boolean write(Drawing region, MaskCodes codes) throws IOException {
            int before = stems.size();
            slide.cut(region, codes, piece -> {
                // of pixels that are all left out nothing can be learned
                if (!piece.mask().isAll(codes.ignored())) {
                    ignores |= piece.mask().has(codes.ignored());
                    write(region, piece);
                }
            });
            return stems.size() > before;
        }

        private void write(Drawing region, SlidePieces.Piece piece) throws IOException {
            String place = PieceNames.stem(image, piece.place());
            String stem = place;
            // regions may overlap, with one corner in common
            for (int number = 2; !stems.add(stem); number++) {
                stem = place + "_" + number;
            }
            if (region.isValidation()) {
                validation.add(stem);
            }
            new PieceWriter(slide.slide().rgb(), slide.micronsPerPixel())
                    .write(parts.get(IMAGES), stem, piece.pixels());
            ResultFiles.writePng(
                    parts.get(MASKS).resolve(stem + ".png"), piece.mask().image());
        }
    }
}
