package io.github.transfuse.batch;

import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the files that an input names: a file, all images of a folder, or a pattern such as {@code images/*.tif}. */
final class InputFiles {
    private static final String WILDCARDS = "*?[{";
    private static final List<String> RESULTS = List.of("-labels", "-probabilities", "-overlay");

    private InputFiles() {}

    /**
     * The files, sorted.
     *
     * @throws SettingException if there are none, or two would have results of one name
     * @throws io.github.transfuse.image.UnsupportedImageException if one file is named that is missing or no image
     */
    static List<Path> find(String input) throws IOException {
        if (input.isBlank()) {
            throw new SettingException("input is missing: give an image, a folder or a pattern such as images/*.tif.");
        }
        List<Path> files = list(input.strip());
        if (files.isEmpty()) {
            throw new SettingException("input = '" + input + "' names no images. Read are "
                    + String.join(", ", ImageFiles.extensions()) + "; in patterns, quote the * from the shell.");
        }
        Map<String, Path> stems = new LinkedHashMap<>();
        for (Path file : files) {
            Path other = stems.putIfAbsent(stem(file).toLowerCase(Locale.ROOT), file);
            if (other != null) {
                throw new SettingException("The results of " + other + " and " + file
                        + " would have the same name. Rename one, or segment them into two folders.");
            }
        }
        return files;
    }

    static String stem(Path file) {
        return ResultFiles.stem(file.getFileName().toString());
    }

    private static List<Path> list(String input) throws IOException {
        try {
            Path path = Path.of(input);
            if (Files.isDirectory(path)) {
                return ImageFiles.isSeries(path) ? List.of(path) : imagesIn(path);
            }
            if (Files.exists(path) || !hasWildcard(input)) {
                ImageFiles.requireImage(path);
                return List.of(path);
            }
        } catch (InvalidPathException e) {
            // Windows allows no * in a path, but a pattern has one
            if (!hasWildcard(input)) {
                throw new SettingException("input = '" + input + "' is not a path: " + e.getReason() + ".");
            }
        }
        return matching(input.replace('\\', '/'));
    }

    /** Images, and folders that are one. */
    private static List<Path> imagesIn(Path folder) throws IOException {
        List<Path> found = new ArrayList<>(sorted(folder, 1, file -> isImage(file) && !isResult(file)));
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                if (!isResult(entry) && ImageFiles.isSeries(entry)) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    private static boolean hasWildcard(String text) {
        return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /** Files below the part of a pattern that has no wildcard. */
    private static List<Path> matching(String pattern) throws IOException {
        int wildcard = 0;
        while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        int slash = pattern.lastIndexOf('/', wildcard);
        Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        return sorted(folder, depth, file -> matcher.matches(folder.relativize(file)));
    }

    private static List<Path> sorted(Path folder, int depth, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ImageFiles.extensions().stream().anyMatch(end -> name.endsWith("." + end));
    }

    /** Results of an earlier run in the same folder are no images to segment. */
    private static boolean isResult(Path file) {
        String stem = stem(file);
        return RESULTS.stream()
                .filter(stem::endsWith)
                .map(end -> stem.substring(0, stem.length() - end.length()))
                .anyMatch(original -> Files.exists(file.resolveSibling(original + ResultWriter.PROVENANCE)));
    }
}
