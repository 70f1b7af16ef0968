package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders with all that is in them. */
public final class FolderTree {
    private FolderTree() {}

    /**
     * Deletes a file, or a folder and all that is in it; nothing happens if there is none.
     *
     * @throws IOException if something cannot be deleted; all else is gone by then
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Optional<IOException> failure = Optional.empty();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    deleteOne(file);
                } catch (IOException e) {
                    // The first one says why; those of the folders above it follow from it
                    failure = failure.or(() -> Optional.of(e));
                }
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Deletes a file or an empty folder; nothing happens if there is none. Tries once more if the disk fails: one error of
     * a disk, of a network's most of all, is often the only one, and nobody comes back soon for what is left.
     *
     * @throws IOException if it cannot be deleted
     */
    public static void deleteOne(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
        }
    }
}
