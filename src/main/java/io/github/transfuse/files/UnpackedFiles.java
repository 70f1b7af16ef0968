package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A cache of unpacked files that are mapped into memory: a cut or damaged one would crash the process, so it is found and
 * made anew before.
 *
 * <p>Reading hundreds of megabytes at every start would take too long. What was read, found right and is on the disk is
 * noted in the cache, with the size, the times and the number that the disk gives the file; only what has changed since is
 * read again. What is not right is unpacked under another name, checked and moved. Processes and threads wait for each
 * other, by a lock that dies with its process.
 */
public final class UnpackedFiles {
    private static final String LOCK = ".transfuse.lock";
    private static final String PREFIX = ".unpacking-";

    private final Path cache;
    private final List<UnpackedFile> files;
    private final Consumer<String> notes;

    /**
     * Files of a cache; nothing is read yet.
     *
     * @param cache folder that holds all targets; it exists
     * @param notes told if files were damaged, in a sentence
     */
    public UnpackedFiles(Path cache, List<UnpackedFile> files, Consumer<String> notes) {
        this.cache = cache;
        this.files = List.copyOf(files);
        this.notes = notes;
    }

    /**
     * Sees to it that all files are whole, then uses them. If something had to be checked or made, others wait until the
     * files have been used once: the first use may make links among them.
     *
     * @param otherLock file that another program locks while it writes to this cache
     * @param use such as loading them
     * @throws UnpackingException if a file cannot be made; nothing is half-written then
     * @throws IOException if the cache cannot be read
     */
    public void use(Path otherLock, Runnable use) throws IOException {
        if (CheckedFiles.read(cache).holdAll(files)) {
            use.run();
            return;
        }
        FileLocks.holding(cache.resolve(LOCK), locked -> {
            CheckedFiles checked = CheckedFiles.read(cache);
            if (checked.holdAll(files)) {
                use.run();
                return;
            }
            // JavaCPP's own threads lock this object before the file
            synchronized (Runtime.getRuntime()) {
                FileLocks.holding(otherLock, ignored -> repair(checked, locked));
            }
            use.run();
            checked.add(files);
        });
    }

    private void repair(CheckedFiles checked, boolean locked) throws IOException {
        if (locked) {
            removeStrays();
        }
        List<UnpackedFile> missing = new ArrayList<>();
        List<UnpackedFile> damaged = new ArrayList<>();
        for (UnpackedFile file : files) {
            if (!checked.holds(file) && !file.isLinkWithin(cache) && !isWhole(file)) {
                missing.add(file);
                if (Files.exists(file.target())) {
                    damaged.add(file);
                }
            }
        }
        if (!damaged.isEmpty()) {
            notes.accept(damage(damaged));
        }
        unpack(missing);
    }

    /** What cannot be read is not whole. */
    private static boolean isWhole(UnpackedFile file) {
        try {
            return file.isWhole();
        } catch (IOException e) {
            return false;
        }
    }

    private String damage(List<UnpackedFile> damaged) {
        String names = damaged.stream()
                .map(file -> file.target().getFileName().toString())
                .collect(Collectors.joining(", "));
        return "Libraries in " + cache + " were cut or damaged: " + names + ". They are unpacked again.";
    }

    private void unpack(List<UnpackedFile> missing) throws UnpackingException {
        try {
            for (UnpackedFile file : missing) {
                // of no use, and its room may be needed
                FolderTree.delete(file.target());
            }
            for (UnpackedFile file : missing) {
                Path folder = Files.createDirectories(file.target().getParent());
                Path temporary = folder.resolve(PREFIX + UUID.randomUUID());
                try {
                    file.unpack(temporary);
                } finally {
                    FolderTree.deleteOne(temporary);
                }
            }
        } catch (IOException e) {
            throw UnpackingException.of(cache, missing, e);
        }
    }

    /** What killed processes left; only the holder of the lock unpacks. */
    private void removeStrays() throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        files.forEach(file -> folders.add(file.target().getParent()));
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> strays = Files.newDirectoryStream(folder, PREFIX + "*")) {
                    for (Path stray : strays) {
                        FolderTree.deleteOne(stray);
                    }
                }
            }
        }
    }
}
