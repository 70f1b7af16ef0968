package io.github.transfuse.batch;

import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Looks for images in a folder, also behind symbolic links, and counts what it passes over. */
final class FolderScan extends SimpleFileVisitor<Path> {
    private static final List<String> RESULTS = List.of("-labels", "-probabilities", "-overlay");

    private final Path root;
    private final PassedOver passed;
    private final List<Path> found = new ArrayList<>();
    private final Rules rules;

    /**
     * What is looked for.
     *
     * @param wanted files that a pattern names
     * @param all whether everything is meant, so that all that is passed over is told, and folders that are an image count
     * @param hidden whether the pattern names hidden files
     * @param results whether the pattern names results
     */
    record Rules(Predicate<Path> wanted, boolean all, boolean hidden, boolean results) {
        static final Rules IMAGES = new Rules(FolderScan::isImage, true, false, false);
    }

    FolderScan(Path root, PassedOver passed, Rules rules) {
        this.root = root;
        this.passed = passed;
        this.rules = rules;
    }

    /**
     * The files, sorted.
     *
     * @param depth of folders, 1 for this one alone
     * @throws IOException if the folder itself cannot be read
     */
    List<Path> find(int depth) throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, this);
        return found.stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        return folder.equals(root) || !isTaken(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    /** Whether a folder need not be looked into. */
    private boolean isTaken(Path folder) throws IOException {
        if (isHidden(folder) && !rules.hidden) {
            passed.count(PassedOver.Kind.HIDDEN);
            return true;
        }
        if (rules.all && ImageFiles.isSeries(folder)) {
            if (isResult(folder)) {
                passed.count(PassedOver.Kind.RESULT);
            } else {
                found.add(folder);
            }
            return true;
        }
        return false;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        try {
            if (attributes.isDirectory()) {
                boolean left = !isTaken(file) && rules.all;
                countIf(left, PassedOver.Kind.FOLDER);
            } else if (isHidden(file) && !rules.hidden) {
                countIf(rules.all || rules.wanted.test(file), PassedOver.Kind.HIDDEN);
            } else {
                visit(file, attributes);
            }
        } catch (IOException e) {
            passed.count(PassedOver.Kind.UNREADABLE);
        }
        return FileVisitResult.CONTINUE;
    }

    private void visit(Path file, BasicFileAttributes attributes) {
        if (!rules.wanted.test(file)) {
            if (rules.all) {
                passed.countOther(file);
            }
        } else if (attributes.isSymbolicLink()) {
            passed.count(PassedOver.Kind.BROKEN_LINK);
        } else if (!attributes.isRegularFile()) {
            passed.countOther(file);
        } else if (!rules.results && isResult(file)) {
            passed.count(PassedOver.Kind.RESULT);
        } else {
            found.add(file);
        }
    }

    private void countIf(boolean so, PassedOver.Kind kind) {
        if (so) {
            passed.count(kind);
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root)) {
            throw failure;
        }
        passed.count(failure instanceof FileSystemLoopException ? PassedOver.Kind.LOOP : PassedOver.Kind.UNREADABLE);
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ImageFiles.extensions().stream().anyMatch(end -> name.endsWith("." + end));
    }

    /** Whether a part of a pattern names results of earlier runs. */
    static boolean namesResults(String pattern) {
        return RESULTS.stream().anyMatch(pattern::contains);
    }

    /** Results of an earlier run in the same folder are no images to segment. */
    private static boolean isResult(Path file) {
        String stem = ResultNames.stem(file.getFileName().toString());
        return RESULTS.stream()
                .filter(stem::endsWith)
                .map(end -> stem.substring(0, stem.length() - end.length()))
                .anyMatch(original -> Files.exists(file.resolveSibling(original + ResultWriter.PROVENANCE)));
    }
}
