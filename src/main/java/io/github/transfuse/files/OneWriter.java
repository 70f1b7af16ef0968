package io.github.transfuse.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right to write into a folder over a long time, held by one writer at a time, of this process or another. It ends with
 * its process, and leaves nothing in the folder.
 */
public final class OneWriter implements AutoCloseable {
    private static final String LOCK = ".transfuse-writer";
    private static final int TRIES = 10;

    /** Lengths that tell the files of two holders apart. */
    private static final int LENGTHS = 1 << 20;

    private final Path file;
    private final Optional<FileChannel> channel;

    private OneWriter(Path file, Optional<FileChannel> channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right; empty if somebody else has it. Where a disk knows no locks, or takes no more files, everybody gets it:
     * what is to be written next will say so, and what is there can be read.
     *
     * @param folder that exists
     * @throws IOException if the disk fails
     */
    public static Optional<OneWriter> of(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        for (int i = 0; i < TRIES; i++) {
            Optional<FileChannel> opened = opened(file);
            if (opened.isEmpty()) {
                return Optional.of(new OneWriter(file, opened));
            }
            FileChannel channel = opened.get();
            if (!locked(channel)) {
                channel.close();
                return Optional.empty();
            }
            if (isStillThere(file, channel)) {
                return Optional.of(new OneWriter(file, opened));
            }
            channel.close();
        }
        return Optional.empty();
    }

    private static Optional<FileChannel> opened(Path file) {
        try {
            return Optional.of(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean locked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Whoever had it before may have removed the file between opening and locking it. Reading the file would not do: on
     * Linux closing it again gives up the lock of the whole process.
     */
    private static boolean isStillThere(Path file, FileChannel channel) {
        int length = 1 + ThreadLocalRandom.current().nextInt(LENGTHS);
        try {
            channel.truncate(0).write(ByteBuffer.allocate(1), length - 1L);
        } catch (IOException e) {
            return Files.exists(file);
        }
        try {
            return Files.size(file) == length;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isEmpty()) {
            return;
        }
        try (FileChannel held = channel.get()) {
            FolderTree.deleteOne(file);
        } catch (FileSystemException e) {
            // An empty promise that stays behind stops nobody
            return;
        }
    }
}
