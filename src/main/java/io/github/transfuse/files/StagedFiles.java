package io.github.transfuse.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files that belong together: all of them take the places of earlier ones, or none does. They are completed in a hidden
 * folder within their folder and moved at the end. If a move fails, the earlier files are put back. If the process is
 * killed between two moves, the next {@link #sweep} makes the moves that are left.
 */
public final class StagedFiles implements AutoCloseable {
    /** Holds the completed files; its existence says that all of them may take their places. */
    private static final String NEW = "new";

    /** Held them, until a move failed; its existence says that the earlier files are to be put back. */
    private static final String UNDONE = "undone";

    private static final String UNFINISHED = "unfinished";
    private static final String OLD = "old";
    private static final String ORDER = "order";

    private final Path folder;
    private final StagingFolder staging;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean keep;

    private StagedFiles(Path folder, StagingFolder staging) {
        this.folder = folder;
        this.staging = staging;
    }

    /**
     * Begins a set of files.
     *
     * @param folder that the files shall be in; it exists
     * @throws IOException if nothing can be written there
     */
    public static StagedFiles in(Path folder) throws IOException {
        StagedFiles files = new StagedFiles(folder, StagingFolder.in(folder));
        try {
            Files.createDirectory(files.staging.path().resolve(UNFINISHED));
            return files;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    /**
     * Where to write a file. Files take their places in the order of these calls.
     *
     * @param name of the file in the folder
     * @return a path for now
     */
    public Path file(String name) {
        names.add(name);
        return staging.path().resolve(UNFINISHED).resolve(name);
    }

    /** Whether a file is one that {@link #file} named: it needs no staging of its own. */
    static boolean isStaged(Path file) {
        Path parent = file.getParent();
        return parent.endsWith(UNFINISHED)
                && StagingFolder.isStaging(parent.getParent().getFileName().toString());
    }

    /**
     * Moves all files into their places.
     *
     * @throws IOException if one is missing or cannot be moved, or its place is taken by a folder; the
     *     folder is then as it was before
     */
    public void publish() throws IOException {
        publish(name -> {});
    }

    /** As {@link #publish()}; {@code moved} is told of each move, for tests that end the process there. */
    void publish(Consumer<String> moved) throws IOException {
        Path source = staging.path().resolve(UNFINISHED);
        for (String name : names) {
            if (!Files.exists(source.resolve(name))) {
                throw new IOException(folder.resolve(name) + " was not written.");
            }
            if (Files.isDirectory(folder.resolve(name))) {
                throw new IOException(folder.resolve(name) + " is a folder.");
            }
        }
        if (names.size() == 1) {
            String name = names.iterator().next();
            move(source.resolve(name), folder.resolve(name));
        } else {
            publishAll(source, moved);
        }
    }

    private void publishAll(Path source, Consumer<String> moved) throws IOException {
        Files.write(staging.path().resolve(ORDER), names, StandardCharsets.UTF_8);
        Path old = Files.createDirectory(staging.path().resolve(OLD));
        for (String name : names) {
            link(folder.resolve(name), old.resolve(name));
        }
        Path ready = staging.path().resolve(NEW);
        move(source, ready);
        try {
            for (String name : names) {
                replace(ready.resolve(name), folder.resolve(name), old.resolve(name));
                moved.accept(name);
            }
        } catch (IOException e) {
            undo(ready, e);
            throw e;
        }
    }

    /**
     * Moves all files as one new folder, in one step; if the folder exists by now, the files take their places in it.
     *
     * @param target beside or above the folder of this set, on its file system
     * @throws IOException as {@link #publish}
     */
    public void publishAs(Path target) throws IOException {
        Path source = staging.path().resolve(UNFINISHED);
        if (!Files.exists(target)) {
            try {
                move(source, target.toAbsolutePath());
                return;
            } catch (IOException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                // Somebody made the folder in this moment: go on file by file
            }
        }
        try (StagedFiles within = in(target)) {
            for (String name : names) {
                move(source.resolve(name), within.file(name));
            }
            within.publish();
        }
    }

    /** Keeps a second name of an earlier file, without copying it, where the disk can do that. */
    private static void link(Path file, Path second) {
        try {
            if (Files.exists(file)) {
                Files.createLink(second, file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // It is moved aside in its turn
            return;
        }
    }

    private static void replace(Path file, Path place, Path old) throws IOException {
        if (Files.exists(place) && !Files.exists(old)) {
            move(place, old);
        }
        move(file, place);
    }

    private void undo(Path ready, IOException reason) {
        try {
            move(ready, staging.path().resolve(UNDONE));
            putBack(staging.path(), folder);
        } catch (IOException e) {
            reason.addSuppressed(e);
            keep = true;
        }
    }

    /** Removes what has not been published. What cannot be removed now is left to a later {@link #sweep}. */
    @Override
    public void close() {
        try {
            if (keep) {
                staging.release();
            } else {
                staging.close();
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            // The results are where they belong, or the failure that led here is the one to tell
            return;
        }
    }

    /**
     * Finishes or removes what processes that died left in a folder; what living ones have there stays, and
     * what cannot be removed.
     *
     * @param folder nothing happens if there is none
     * @throws IOException if the folder cannot be read
     */
    public static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (StagingFolder dead : StagingFolder.dead(folder)) {
            try {
                if (dead.isHeld()) {
                    finish(dead.path(), folder);
                    putBack(dead.path(), folder);
                }
                dead.close();
            } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
                // It stays for a later sweep
                dead.release();
            }
        }
    }

    /** The moves that a process did not come to. */
    private static void finish(Path staging, Path folder) throws IOException {
        Path ready = staging.resolve(NEW);
        if (Files.isDirectory(ready)) {
            for (String name : unchanged(staging, folder)) {
                if (Files.exists(ready.resolve(name))) {
                    move(ready.resolve(name), folder.resolve(name));
                }
            }
        }
    }

    /** The earlier files, where a move failed. */
    private static void putBack(Path staging, Path folder) throws IOException {
        Path undone = staging.resolve(UNDONE);
        if (Files.isDirectory(undone)) {
            for (String name : unchanged(staging, folder)) {
                Path old = staging.resolve(OLD).resolve(name);
                if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                    move(old, folder.resolve(name));
                } else if (!Files.exists(undone.resolve(name))) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        }
    }

    /** Names of the files that nobody has changed since the moves began. */
    private static List<String> unchanged(Path staging, Path folder) throws IOException {
        Path order = staging.resolve(ORDER);
        FileTime begun = Files.getLastModifiedTime(order);
        List<String> names = new ArrayList<>();
        for (String name : Files.readAllLines(order, StandardCharsets.UTF_8)) {
            Path place = folder.resolve(name);
            if (!Files.exists(place) || Files.getLastModifiedTime(place).compareTo(begun) <= 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** Moves within a file system, in one step where that is possible; what has the name is replaced. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
