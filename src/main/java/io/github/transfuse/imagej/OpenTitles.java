package io.github.transfuse.imagej;

import ij.ImagePlus;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        return read(text, InputImages::open);
    }

    /** The same for what is found by a title. */
    static <T> List<T> read(String text, Function<String, Optional<T>> finding) {
        if (text.isEmpty() || exists(text)) {
            return List.of();
        }
        Optional<T> one = finding.apply(text);
        if (one.isPresent()) {
            return List.of(one.get());
        }
        List<T> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String part : text.split(BETWEEN, -1)) {
            finding.apply(part.strip()).ifPresentOrElse(found::add, () -> missing.add("'" + part.strip() + "'"));
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
        return join(images.stream().map(OpenTitles::of).toList());
    }

    /** One text of several titles. */
    static String join(List<String> titles) {
        return String.join(BETWEEN + " ", titles);
    }

    /**
     * The title of an image, if it names this image and nothing else.
     *
     * @throws IllegalArgumentException if it would name another one
     */
    static String of(ImagePlus image) {
        String title = image.getTitle();
        if (title.contains(BETWEEN)
                || OpenMask.isSource(title)
                || InputImages.areSeveral(title)
                || !open(title).equals(List.of(image))) {
            throw new IllegalArgumentException("The image '" + title
                    + "' cannot be named: it was closed, or its title is that of another image or a file, or has a ';'"
                    + " in it. Give it a title of its own with Image > Rename...");
        }
        return title;
    }
}
