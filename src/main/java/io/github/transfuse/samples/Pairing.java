package io.github.transfuse.samples;

import java.io.IOException;
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
import java.util.stream.Stream;

/**
 * Finds the mask of every image: the file of equal stem, otherwise of the stem with {@code _segmentation}, {@code _mask},
 * {@code _masks}, {@code _label}, {@code _labels} or, as Cellpose writes them, {@code _cp_masks} behind it; as nnU-Net has
 * it, the image may be the first channel of a case, {@code case_0000}, whose mask is {@code case}. Both may lie in one folder.
 * An image without a mask, a mask without an image and two files of one
 * stem are all listed before anything else happens.
 */
public final class Pairing {

    private static final List<String> SUFFIXES =
            List.of("", "_segmentation", "_mask", "_masks", "_label", "_labels", "_cp_masks");
    private static final String FIRST_CHANNEL = "_0000";

    private static final Set<String> EXTENSIONS =
            Set.of("tif", "tiff", "png", "jpg", "jpeg", "bmp", "gif", "pgm", "nii", "nii.gz", "nrrd");

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
        Map<String, Path> imageFiles = byStem(images, "images", problems);
        Map<String, Path> maskFiles = byStem(masks, "masks", problems);
        if (Files.isSameFile(images, masks)) {
            part(imageFiles, maskFiles);
        }
        List<Pair> pairs = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        imageFiles.forEach((stem, image) -> maskOf(stem, maskFiles)
                .ifPresentOrElse(
                        name -> {
                            used.add(name);
                            pairs.add(new Pair(stem, image, maskFiles.get(name)));
                        },
                        () -> problems.add("no mask for image " + image.getFileName())));
        maskFiles.forEach((stem, mask) -> {
            if (!used.contains(stem)) {
                problems.add("no image for mask " + mask.getFileName());
            }
        });
        if (!problems.isEmpty()) {
            throw new SamplesException(
                    "Images in " + images + " and masks in " + masks + " do not match:",
                    problems,
                    "Give every image a mask of the same name (or with _mask(s), _label(s), _segmentation or _cp_masks behind it),"
                            + " and move other files away.");
        }
        return pairs;
    }

    private static Optional<String> maskOf(String stem, Map<String, Path> masks) {
        String ofCase = stem.endsWith(FIRST_CHANNEL) ? stem.substring(0, stem.length() - FIRST_CHANNEL.length()) : stem;
        return Stream.concat(SUFFIXES.stream().map(suffix -> stem + suffix), Stream.of(ofCase))
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

    private static Map<String, Path> byStem(Path folder, String role, List<String> problems) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new SamplesException("The folder of " + role + " does not exist: " + folder + ". Check the path.");
        }
        Map<String, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Pairing::isImage).sorted().forEach(file -> {
                Path before = found.putIfAbsent(stem(file), file);
                if (before != null) {
                    problems.add("two files of one name: " + before.getFileName() + " and " + file.getFileName());
                }
            });
        }
        if (found.isEmpty()) {
            throw new SamplesException("No image files in the folder of " + role + ": " + folder + ". Known types are "
                    + String.join(", ", new TreeSet<>(EXTENSIONS)) + ".");
        }
        return found;
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && EXTENSIONS.stream().anyMatch(e -> name.endsWith("." + e));
    }

    /** The file name without its extension; {@code .nii.gz} counts as one. */
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        String plain = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        int dot = plain.lastIndexOf('.');
        return dot > 0 ? plain.substring(0, dot) : plain;
    }
}
