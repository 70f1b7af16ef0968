package io.github.transfuse.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A hidden folder within the folder that files are written to, with a lock that dies with its process: that is how a later
 * run knows what a dead process left from what a living one still needs, on this computer or on another one that shares
 * the disk.
 */
final class StagingFolder implements AutoCloseable {
    private static final String PREFIX = ".transfuse-";
    private static final String SUFFIX = ".tmp";
    private static final String LOCK = "lock";
    private static final int TRIES = 5;

    /**
     * Names of the folders of this process. They must not be opened to ask whether they are locked: on Linux, closing any
     * channel of a file gives up all of the process's locks on it.
     */
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Optional<FileChannel> channel;

    private StagingFolder(Path path, Optional<FileChannel> channel) {
        this.path = path;
        this.channel = channel;
    }

    Path path() {
        return path;
    }

    /** A new folder; a sweep of another process may remove it until it is locked, then the next one is tried. */
    static StagingFolder in(Path parent) throws IOException {
        for (int i = 1; ; i++) {
            Path path = parent.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
            OWN.add(path.getFileName().toString());
            try {
                Files.createDirectory(path);
                return new StagingFolder(path, Optional.of(locked(path)));
            } catch (NoSuchFileException e) {
                OWN.remove(path.getFileName().toString());
                if (i == TRIES || !Files.isDirectory(parent)) {
                    throw e;
                }
            } catch (IOException e) {
                FolderTree.deleteOne(path.resolve(LOCK));
                FolderTree.deleteOne(path);
                OWN.remove(path.getFileName().toString());
                throw e;
            }
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        Path file = path.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (!tryLock(channel) || !Files.exists(file)) {
            channel.close();
            throw new NoSuchFileException(file.toString());
        }
        return channel;
    }

    /** Where locks are not known, nothing is locked, and a sweep finds nothing dead. */
    private static boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    /** The folders in {@code parent} whose processes are dead, locked for the caller. */
    static List<StagingFolder> dead(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(path -> isStaging(path.getFileName().toString()))
                    .filter(path -> !OWN.contains(path.getFileName().toString()))
                    .map(StagingFolder::ifDead)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** Whether a message names such a folder, which means nothing to its reader. */
    static boolean isNamedIn(String message) {
        return message.contains(PREFIX);
    }

    static boolean isStaging(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private static Optional<StagingFolder> ifDead(Path path) {
        try {
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            if (lock.isPresent()) {
                return Optional.of(new StagingFolder(path, Optional.of(channel)));
            }
            channel.close();
        } catch (NoSuchFileException e) {
            // Made, but not locked yet; or almost removed. Its owner, if it lives, makes another one
            return Optional.of(new StagingFolder(path, Optional.empty()));
        } catch (IOException | OverlappingFileLockException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the lock is held; if not, only an empty folder may be removed. */
    boolean isHeld() {
        return channel.isPresent();
    }

    /** Removes the folder and all that is in it; if the lock is not held, only an empty one. */
    @Override
    public void close() throws IOException {
        if (isHeld()) {
            try {
                deleteContents(path);
            } finally {
                release();
            }
            FolderTree.deleteOne(path.resolve(LOCK));
        }
        FolderTree.deleteOne(path);
    }

    /** Gives up the lock and leaves everything for a later sweep. */
    void release() {
        channel.ifPresent(StagingFolder::closeQuietly);
        OWN.remove(path.getFileName().toString());
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes at the latest with the process
            return;
        }
    }

    /** The lock goes last: what has no lock any more is empty. */
    private static void deleteContents(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(LOCK)) {
                    FolderTree.delete(file);
                }
            }
        }
    }
}
