package io.github.transfuse.model;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A temporary folder beside a folder to come: files are completed here and then moved; closing removes the rest. */
public final class Staging implements AutoCloseable {
    private final Path folder;

    private Staging(Path folder) {
        this.folder = folder;
    }

    /** A new empty folder on the same file system as {@code target}. */
    static Staging beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException(
                    target + ": a file system's root cannot be a model folder. Choose a folder below it.");
        }
        try {
            Files.createDirectories(parent);
            Path name = Path.of("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
            return new Staging(Files.createDirectory(parent.resolve(name)));
        } catch (IOException e) {
            throw new IOException(
                    target + ": the folder " + parent + " cannot be written (" + e + "). Choose another one.", e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path folder() {
        return folder;
    }

    /** Moves files into {@code target}, or the whole folder if there is no target yet. */
    void moveTo(Path target, List<String> names) throws IOException {
        if (!Files.exists(target)) {
            try {
                move(folder, target.toAbsolutePath());
                return;
            } catch (IOException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                // Somebody made the folder in this moment: go on file by file
            }
        }
        for (String name : names) {
            move(file(name), target.resolve(name));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        deleteRecursively(folder);
    }

    /** Deletes a folder and all that is in it; nothing happens if there is none. */
    public static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
