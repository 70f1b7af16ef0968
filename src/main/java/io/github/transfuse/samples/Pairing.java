package io.github.transfuse.samples;

import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ShapeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the mask of every image: the file of equal stem, otherwise of the stem with {@code _segmentation}, {@code _mask},
 * {@code _masks}, {@code _label}, {@code _labels} or, as Cellpose writes them, {@code _cp_masks} behind it; as nnU-Net has
 * it, the image may be the first channel of a case, {@code case_0000}, whose mask is {@code case}. Both may lie in one folder.
 * A folder with the slices of a scan in DICOM is an image too, also where they lie in folders within it, as archives export
 * them ({@link ScanFolders}). Files of shapes are masks where a folder of masks holds no images, or where they lie beside the images; those may also end in
 * {@code -rois}, {@code -objects} or be named as the image with its extension.
 * An image without a mask, a mask without an image and two files of one
 * stem are all listed before anything else happens.
 */
public final class Pairing {

    private static final List<String> SUFFIXES = List.of(
            "", "_segmentation", "_mask", "_masks", "_label", "_labels", "_cp_masks", "-rois", "_rois", "-objects");
    private static final String FIRST_CHANNEL = "_0000";

    private static final Set<String> EXTENSIONS = Set.of(
            "tif tiff png jpg jpeg bmp gif webp tga pbm pgm ppm pnm pam nii nii.gz nrrd nrrd.gz nhdr mha mhd mgh mgz dcm dicom ima"
                    .split(" ", -1));

    private Pairing() {}

    /**
     * Pairs two folders.
     *
     * @return pairs in the order of their stems
     * @throws SamplesException listing all files that do not match
     * @throws IOException if a folder cannot be listed
     */
    public static List<Pair> of(Path images, Path masks) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Path> imageFiles = byStem(images, "images", Pairing::isImage, problems);
        boolean shapes = areShapes(images, masks, imageFiles);
        Map<String, Path> maskFiles = byStem(masks, "masks", shapes ? ShapeFiles::is : Pairing::isImage, problems);
        if (Files.isSameFile(images, masks) && !shapes) {
            part(imageFiles, maskFiles);
        }
        List<Pair> pairs = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        imageFiles.forEach((stem, image) -> maskOf(image, stem, maskFiles)
                .ifPresentOrElse(
                        name -> {
                            used.add(name);
                            pairs.add(new Pair(stem, image, maskFiles.get(name)));
                        },
                        () -> problems.add("no mask for image " + image.getFileName() + ofCellpose(masks, stem))));
        maskFiles.forEach((stem, mask) -> {
            if (!used.contains(stem)) {
                problems.add("no image for mask " + mask.getFileName());
            }
        });
        if (!problems.isEmpty()) {
            throw new SamplesException(
                    "Images in " + images + " and masks in " + masks + " do not match:",
                    problems,
                    (ImageFiles.isDicomFolder(images)
                                    ? "The slices of a scan in DICOM are one image: put them into a folder of their own, named"
                                            + " as its mask. "
                                    : "")
                            + "Give every image a mask of the same name (or with _mask(s), _label(s), _segmentation or"
                            + " _cp_masks behind it), and move other files away.");
        }
        return pairs;
    }

    /**
     * Pairs two folders if the masks are files of shapes; there are no pairs otherwise.
     *
     * @throws SamplesException as {@link #of}
     * @throws IOException as {@link #of}
     */
    public static List<Pair> ofShapes(Path images, Path masks) throws IOException {
        if (!Files.isDirectory(images) || !Files.isDirectory(masks)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(masks)) {
            if (files.noneMatch(ShapeFiles::is)) {
                return List.of();
            }
        }
        Map<String, Path> imageFiles = byStem(images, "images", Pairing::isImage, new ArrayList<>());
        return areShapes(images, masks, imageFiles) ? of(images, masks) : List.of();
    }

    /**
     * Whether masks are files of shapes: where there are no others, or where they lie beside the images and are named as
     * theirs.
     */
    private static boolean areShapes(Path images, Path masks, Map<String, Path> imageFiles) throws IOException {
        if (!Files.isDirectory(masks)) {
            return false;
        }
        Map<String, Path> shapes = new TreeMap<>();
        boolean others = false;
        try (Stream<Path> files = Files.list(masks)) {
            for (Path file : files.toList()) {
                if (ShapeFiles.is(file)) {
                    shapes.put(stem(file), file);
                }
                others |= isImage(file);
            }
        }
        return Files.isSameFile(images, masks)
                ? imageFiles.entrySet().stream().anyMatch(image -> maskOf(image.getValue(), image.getKey(), shapes)
                        .isPresent())
                : !others && !shapes.isEmpty();
    }

    private static String ofCellpose(Path masks, String stem) {
        String name = stem + "_seg.npy";
        return Files.exists(masks.resolve(name))
                ? " (" + name + " holds Python objects, which are not read: choose 'Save masks as PNG/tif' in Cellpose)"
                : "";
    }

    private static Optional<String> maskOf(Path image, String stem, Map<String, Path> masks) {
        String ofCase = stem.endsWith(FIRST_CHANNEL) ? stem.substring(0, stem.length() - FIRST_CHANNEL.length()) : stem;
        String whole = image.getFileName().toString();
        return Stream.concat(SUFFIXES.stream().map(suffix -> stem + suffix), Stream.of(ofCase, whole))
                .filter(masks::containsKey)
                .findFirst();
    }

    /** In one folder a file that is named as the mask of another is one; if there is none, each file holds its own truth. */
    private static void part(Map<String, Path> images, Map<String, Path> masks) {
        Set<String> named = new TreeSet<>();
        for (String stem : images.keySet()) {
            SUFFIXES.stream()
                    .filter(suffix -> !suffix.isEmpty() && images.containsKey(stem + suffix))
                    .forEach(suffix -> named.add(stem + suffix));
        }
        if (!named.isEmpty()) {
            images.keySet().removeAll(named);
            masks.keySet().retainAll(named);
        }
    }

    private static Map<String, Path> byStem(Path folder, String role, Predicate<Path> wanted, List<String> problems)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new SamplesException("The folder of " + role + " does not exist: " + folder + ". Check the path.");
        }
        Map<String, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Optional<Path> image = wanted.test(file) ? Optional.of(file) : within(file, problems);
                Path before = image.isPresent() ? found.putIfAbsent(stem(file), image.get()) : null;
                if (before != null) {
                    problems.add("two files of one name: " + before.getFileName() + " and " + file.getFileName());
                }
            }
        }
        if (found.isEmpty()) {
            throw new SamplesException("No image files in the folder of " + role + ": " + folder + ". Known types are "
                    + String.join(", ", new TreeSet<>(EXTENSIONS)) + ".");
        }
        return found;
    }

    /** The only scan in the folders within a folder. */
    private static Optional<Path> within(Path folder, List<String> problems) throws IOException {
        List<Path> scans = ScanFolders.in(folder);
        if (scans.size() > 1) {
            problems.add(folder.getFileName() + " holds " + scans.size() + " folders of DICOM files, such as "
                    + folder.relativize(scans.get(0)) + " and " + folder.relativize(scans.get(1))
                    + ": leave the one that its mask belongs to");
        }
        return scans.size() == 1 ? Optional.of(scans.get(0)) : Optional.empty();
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return false;
        }
        try {
            return EXTENSIONS.stream().anyMatch(e -> name.endsWith("." + e)) || ImageFiles.isDicomFolder(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file name without its extension; {@code .nii.gz} and 3D Slicer's {@code .seg.nrrd} count as one. Names of folders
     * are whole, for those of scans are often numbers with dots.
     */
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        return Files.isDirectory(file) ? name : stem(name);
    }

    /** The same of the name of a file. */
    static String stem(String name) {
        String plain = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        int seg = plain.toLowerCase(Locale.ROOT).lastIndexOf(".seg.nrrd");
        int dot = seg > 0 ? seg : plain.lastIndexOf('.');
        return dot > 0 ? plain.substring(0, dot) : plain;
    }
}
