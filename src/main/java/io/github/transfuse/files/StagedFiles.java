package io.github.transfuse.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files that belong together: all of them take the places of earlier ones, or none does. They are completed in a hidden
 * folder within their folder and moved at the end. If a move fails, the earlier files are put back. If the process is
 * killed between two moves, the next {@link #sweep} makes the moves that are left.
 */
public final class StagedFiles implements AutoCloseable {
    private static final String UNFINISHED = "unfinished";

    private final Path folder;
    private final StagingFolder staging;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private boolean keep;

    private StagedFiles(Path folder, StagingFolder staging) {
        this.folder = folder;
        this.staging = staging;
    }

    /**
     * Begins a set of files.
     *
     * @param folder that the files shall be in; it exists
     * @throws UnwrittenFileException if nothing can be written there
     */
    public static StagedFiles in(Path folder) throws IOException {
        try {
            return open(folder);
        } catch (IOException e) {
            throw UnwrittenFileException.of(folder, e);
        }
    }

    /** As {@link #in}; the caller tells which file failed. */
    static StagedFiles open(Path folder) throws IOException {
        StagedFiles files = new StagedFiles(folder, StagingFolder.in(folder));
        try {
            Files.createDirectory(files.unfinished());
            return files;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    private Path unfinished() {
        return staging.path().resolve(UNFINISHED);
    }

    /**
     * Where to write a file. Files take their places in the order of these calls.
     *
     * @param name of the file in the folder; may begin with that of a {@link #folder}, and a slash
     * @return a path for now
     */
    public Path file(String name) {
        names.add(name);
        return unfinished().resolve(name);
    }

    /**
     * Makes a folder for files of a folder within the folder.
     *
     * @return a path for now; name the files in it by {@link #file}, or they are left out
     */
    public Path folder(String name) throws IOException {
        try {
            return Files.createDirectories(unfinished().resolve(name));
        } catch (IOException e) {
            throw UnwrittenFileException.of(folder.resolve(name), e);
        }
    }

    /** Lets an earlier file go, when the others take their places; nothing happens if there is none. */
    public void remove(String name) {
        gone.add(name);
    }

    /**
     * Keeps an earlier file, which a new one replaces, under another name; nothing happens if there is none.
     *
     * @throws IOException if the disk knows no second names, and a copy cannot be written
     */
    public void keep(String name, String as) throws IOException {
        Path earlier = folder.resolve(name);
        if (!Files.exists(earlier)) {
            return;
        }
        try {
            Files.createLink(file(as), earlier);
        } catch (IOException | UnsupportedOperationException e) {
            WholeFile.writeSynced(file(as), channel -> {
                try (FileChannel from = FileChannel.open(earlier, StandardOpenOption.READ)) {
                    for (long at = 0; at < from.size(); ) {
                        at += from.transferTo(at, from.size() - at, channel);
                    }
                }
            });
        }
    }

    /**
     * The place that a file will take, if it is one that {@link #file} named: it needs no staging of its own.
     *
     * @param file with its folder
     */
    static Optional<Path> place(Path file) {
        for (Path up = file.getParent(); up != null && up.getNameCount() > 1; up = up.getParent()) {
            Path hidden = up.getParent();
            if (up.endsWith(UNFINISHED)
                    && StagingFolder.isStaging(hidden.getFileName().toString())) {
                return Optional.of(hidden.resolveSibling(up.relativize(file)));
            }
        }
        return Optional.empty();
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
        for (String name : names) {
            Path place = folder.resolve(name);
            if (!Files.exists(unfinished().resolve(name))) {
                throw new UnwrittenFileException(place, "its content is missing", null);
            }
            if (Files.isDirectory(place)) {
                throw new UnwrittenFileException(place, "it is a folder", null);
            }
        }
        String first = names.isEmpty() ? "" : names.iterator().next();
        try {
            if (names.size() == 1 && gone.isEmpty() && !first.contains("/")) {
                Moves.move(unfinished().resolve(first), folder.resolve(first));
            } else {
                new Moves(staging.path(), folder).make(unfinished(), names, gone, moved);
            }
        } catch (Moves.StillMovedException e) {
            keep = true;
            throw (IOException) e.getCause();
        } catch (IOException e) {
            throw UnwrittenFileException.of(folder.resolve(first), e);
        }
    }

    /**
     * Moves all files as one new folder, in one step; if the folder exists by now, the files take their places in it.
     *
     * @param target beside or above the folder of this set, on its file system
     * @throws IOException as {@link #publish}
     */
    public void publishAs(Path target) throws IOException {
        if (!Files.exists(target)) {
            try {
                Moves.move(unfinished(), target.toAbsolutePath());
                return;
            } catch (IOException e) {
                if (!Files.isDirectory(target)) {
                    throw UnwrittenFileException.of(target, e);
                }
                // Somebody made the folder in this moment: go on file by file
            }
        }
        try (StagedFiles within = in(target)) {
            for (String name : names) {
                Moves.move(unfinished().resolve(name), within.file(name));
            }
            within.publish();
        } catch (IOException e) {
            throw UnwrittenFileException.of(target, e);
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
                    Moves moves = new Moves(dead.path(), folder);
                    moves.finish();
                    moves.putBack();
                }
                dead.close();
            } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
                // It stays for a later sweep
                dead.release();
            }
        }
    }
}
