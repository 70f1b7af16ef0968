package io.github.transfuse.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The moves of completed files into their places, written down beforehand: whoever finds them begun can finish them or take
 * them back.
 *
 * @param staging the hidden folder
 * @param folder that holds the places
 */
record Moves(Path staging, Path folder) {
    /** Holds the completed files; its existence says that all of them may take their places. */
    private static final String NEW = "new";

    /** Held them, until a move failed; its existence says that the earlier files are to be put back. */
    private static final String UNDONE = "undone";

    /** Holds earlier files, under second names where the disk knows them. */
    private static final String OLD = "old";

    /** Lists the files that take their places. */
    private static final String ORDER = "order";

    /** Lists the earlier files that go. */
    private static final String GONE = "gone";

    /**
     * Makes all moves.
     *
     * @param source folder of the completed files
     * @param names of the files that take their places
     * @param gone names of earlier files that go
     * @param moved told of each move
     * @throws UnwrittenFileException if one fails; the folder is then as before
     * @throws StillMovedException as above, if it could not be made so yet: a later sweep does
     */
    void make(Path source, Set<String> names, Set<String> gone, Consumer<String> moved) throws IOException {
        Files.write(staging.resolve(ORDER), names, StandardCharsets.UTF_8);
        Files.write(staging.resolve(GONE), gone, StandardCharsets.UTF_8);
        Path old = Files.createDirectory(staging.resolve(OLD));
        for (String name : (Iterable<String>) Stream.of(names, gone).flatMap(Collection::stream)::iterator) {
            link(folder.resolve(name), parented(old.resolve(name)));
        }
        Set<Path> made = missingParents(names);
        Path ready = staging.resolve(NEW);
        move(source, ready);
        String current = "";
        try {
            for (String name : names) {
                current = name;
                replace(ready.resolve(name), parented(folder.resolve(name)), old.resolve(name));
                moved.accept(name);
            }
            for (String name : gone) {
                current = name;
                takeAway(folder.resolve(name), old.resolve(name));
                moved.accept(name);
            }
        } catch (IOException e) {
            UnwrittenFileException failure = UnwrittenFileException.of(folder.resolve(current), e);
            undo(ready, failure);
            made.forEach(Moves::removeIfEmpty);
            throw failure;
        }
    }

    /** A failure whose moves could not be taken back yet. */
    static final class StillMovedException extends IOException {
        private static final long serialVersionUID = 1L;

        StillMovedException(IOException failure) {
            super(failure.getMessage(), failure);
        }
    }

    private static Path parented(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return file;
    }

    /** The inner ones first. */
    private Set<Path> missingParents(Set<String> names) {
        Set<Path> missing = new LinkedHashSet<>();
        for (String name : names) {
            for (Path up = folder.resolve(name).getParent(); !Files.exists(up); up = up.getParent()) {
                missing.add(up);
            }
        }
        return missing;
    }

    private static void removeIfEmpty(Path made) {
        try {
            FolderTree.deleteOne(made);
        } catch (IOException e) {
            // Somebody else uses it
            return;
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
        try {
            move(file, place);
        } catch (AccessDeniedException e) {
            if (!Files.exists(place)) {
                throw e;
            }
            // Windows replaces no file that a program has mapped into its memory, but lets it be renamed
            move(place, old.resolveSibling(old.getFileName() + ".mapped"));
            move(file, place);
        }
    }

    private static void takeAway(Path place, Path old) throws IOException {
        if (Files.exists(old)) {
            FolderTree.deleteOne(place);
        } else if (Files.exists(place)) {
            move(place, old);
        }
    }

    private void undo(Path ready, UnwrittenFileException failure) throws StillMovedException {
        try {
            move(ready, staging.resolve(UNDONE));
            putBack();
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw new StillMovedException(failure);
        }
    }

    /** The moves that a process did not come to. */
    void finish() throws IOException {
        Path ready = staging.resolve(NEW);
        if (Files.isDirectory(ready)) {
            for (String name : unchanged(ORDER)) {
                if (Files.exists(ready.resolve(name))) {
                    move(ready.resolve(name), parented(folder.resolve(name)));
                }
            }
            for (String name : unchanged(GONE)) {
                FolderTree.deleteOne(folder.resolve(name));
            }
        }
    }

    /** The earlier files, where a move failed. */
    void putBack() throws IOException {
        Path undone = staging.resolve(UNDONE);
        if (Files.isDirectory(undone)) {
            for (String name : unchanged(ORDER)) {
                Path old = staging.resolve(OLD).resolve(name);
                if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                    move(old, folder.resolve(name));
                } else if (!Files.exists(undone.resolve(name))) {
                    FolderTree.deleteOne(folder.resolve(name));
                }
            }
            for (String name : unchanged(GONE)) {
                Path old = staging.resolve(OLD).resolve(name);
                if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                    move(old, folder.resolve(name));
                }
            }
        }
    }

    /** Names of the files of a list that nobody has changed since the moves began. */
    private List<String> unchanged(String list) throws IOException {
        if (!Files.exists(staging.resolve(list))) {
            return List.of();
        }
        FileTime begun = Files.getLastModifiedTime(staging.resolve(list));
        List<String> names = new ArrayList<>();
        for (String name : Files.readAllLines(staging.resolve(list), StandardCharsets.UTF_8)) {
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
