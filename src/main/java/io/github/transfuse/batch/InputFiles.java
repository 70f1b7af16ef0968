package io.github.transfuse.batch;

import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the files that an input names: a file, all images of a folder, or a pattern such as {@code images/*.tif}. */
final class InputFiles {
    private static final String WILDCARDS = "*?[{";

    private final String input;
    private final boolean recursive;
    private final PassedOver passed = new PassedOver();
    private Path root = InputFile.TOP;
    private boolean single;

    private InputFiles(String input, boolean recursive) {
        this.input = input;
        this.recursive = recursive;
    }

    /**
     * What an input names.
     *
     * @param files sorted
     * @param notes sentences to tell
     */
    record Found(List<InputFile> files, List<String> notes) {
        Found {
            files = List.copyOf(files);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Looks for the files.
     *
     * @param recursive whether folders within the folder are looked into; results then lie in folders of the same names
     * @throws SettingException if there are none, or two would have results of one name
     * @throws io.github.transfuse.image.UnsupportedImageException if one file is named that is missing or no image
     */
    static Found find(String input, boolean recursive) throws IOException {
        if (input.isBlank()) {
            throw new SettingException("input is missing: give an image, a folder or a pattern such as images/*.tif.");
        }
        return new InputFiles(input.strip(), recursive).find();
    }

    private Found find() throws IOException {
        List<Path> paths = list();
        List<String> notes = new ArrayList<>();
        passed.sentence(shown(root)).ifPresent(notes::add);
        if (paths.isEmpty()) {
            throw new SettingException("input = '" + input + "' names no images. "
                    + notes.stream().findFirst().map(note -> note + " ").orElse("") + "Read are "
                    + String.join(", ", ImageFiles.extensions()) + "; in patterns, quote the * from the shell.");
        }
        List<InputFile> files = new ArrayList<>(paths.size());
        for (Path path : paths) {
            files.add(new InputFile(path, recursive && !path.equals(root) ? folder(path) : InputFile.TOP));
        }
        requireOwnNames(files);
        if (recursive && single) {
            notes.add("No effect of recursive: the input is one file.");
        }
        long cut = paths.stream()
                .filter(path -> ResultNames.isCut(path.getFileName().toString()))
                .count();
        if (cut > 0) {
            notes.add("Too long for the names of results: " + cut + (cut == 1 ? " name, which is" : " names, which are")
                    + " cut there and end with a checksum.");
        }
        return new Found(files, notes);
    }

    /** The folder of a file below the folder that is looked through. */
    private Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null || parent.equals(root) || !parent.startsWith(root)
                ? InputFile.TOP
                : root.relativize(parent);
    }

    private static String shown(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }

    /** On some disks names that differ only in case, or in how accents are written, are one. */
    private void requireOwnNames(List<InputFile> files) {
        Map<String, Path> names = new HashMap<>();
        for (InputFile file : files) {
            String name = Normalizer.normalize(
                            file.folder().resolve(file.stem()).toString(), Normalizer.Form.NFC)
                    .toLowerCase(Locale.ROOT);
            Path other = names.putIfAbsent(name, file.path());
            if (other != null) {
                throw new SettingException("The results of " + relative(other) + " and " + relative(file.path())
                        + " would have the same name. Rename one, or segment them into two folders"
                        + (recursive || other.getParent().equals(file.path().getParent())
                                ? "."
                                : "; recursive keeps files of different folders apart."));
            }
        }
    }

    private Path relative(Path file) {
        return file.startsWith(root) && !root.equals(InputFile.TOP) ? root.relativize(file) : file;
    }

    private List<Path> list() throws IOException {
        try {
            Path path = Path.of(input);
            if (Files.isDirectory(path)) {
                root = path;
                return ImageFiles.isSeries(path)
                        ? List.of(path)
                        : new FolderScan(root, passed, FolderScan.Rules.IMAGES).find(recursive ? Integer.MAX_VALUE : 1);
            }
            if (Files.exists(path) || !hasWildcard()) {
                ImageFiles.requireImage(path);
                single = true;
                return List.of(path);
            }
        } catch (InvalidPathException e) {
            // Windows allows no * in a path, but a pattern has one
            if (!hasWildcard()) {
                throw new SettingException("input = '" + input + "' is not a path: " + e.getReason() + ".");
            }
        }
        return matching(input.replace('\\', '/'));
    }

    private boolean hasWildcard() {
        return input.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /** Files below the part of a pattern that has no wildcard. */
    private List<Path> matching(String pattern) throws IOException {
        int wildcard = 0;
        while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        int slash = pattern.lastIndexOf('/', wildcard);
        root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        String rest = pattern.substring(slash + 1);
        PathMatcher here = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + (recursive ? "**/" + rest : rest));
        int depth = rest.contains("**") || recursive
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        FolderScan.Rules rules = new FolderScan.Rules(
                file -> here.matches(root.relativize(file)) || below.matches(root.relativize(file)),
                false,
                rest.startsWith(".") || rest.contains("/."),
                FolderScan.namesResults(rest));
        return new FolderScan(root, passed, rules).find(depth);
    }
}
