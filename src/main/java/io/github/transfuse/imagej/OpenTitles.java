package io.github.transfuse.imagej;

import ij.ImagePlus;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Open images that are named in one text: a title or ID, or several with a semicolon between them. */
final class OpenTitles {
    private static final String BETWEEN = ";";

    private OpenTitles() {}

    /**
     * The open images that a text names; none if it is the path of something that exists, or names none at all.
     *
     * @throws IllegalArgumentException if some of several are not open
     */
    static List<ImagePlus> open(String text) {
        if (text.isEmpty() || exists(text)) {
            return List.of();
        }
        Optional<ImagePlus> one = InputImages.open(text);
        if (one.isPresent()) {
            return List.of(one.get());
        }
        List<ImagePlus> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String part : text.split(BETWEEN, -1)) {
            InputImages.open(part.strip()).ifPresentOrElse(found::add, () -> missing.add("'" + part.strip() + "'"));
        }
        if (!found.isEmpty() && !missing.isEmpty()) {
            throw new IllegalArgumentException("Not open: " + String.join(", ", missing) + ". Open all images of ["
                    + text + "], or name only those that are open.");
        }
        return List.copyOf(found);
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The text that names these images, also when a macro is run again.
     *
     * @throws IllegalArgumentException if it would name others
     */
    static String of(List<ImagePlus> images) {
        for (ImagePlus image : images) {
            if (image.getTitle().contains(BETWEEN) || !open(image.getTitle()).equals(List.of(image))) {
                throw new IllegalArgumentException("The image '" + image.getTitle()
                        + "' cannot be named: it was closed, or its title is that of another image or a file, or has a ';'"
                        + " in it. Give it a title of its own with Image > Rename...");
            }
        }
        return images.stream().map(ImagePlus::getTitle).collect(Collectors.joining(BETWEEN + " "));
    }
}
