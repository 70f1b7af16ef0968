package io.github.transfuse.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Does something while no other process and no other thread does it. The lock dies with its process. */
final class FileLocks {
    private static final long RETRY_MILLIS = 50;

    private FileLocks() {}

    /** What is done. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param locked false where the disk knows no locks
         */
        void run(boolean locked) throws IOException;
    }

    /**
     * Waits for the lock and works.
     *
     * @param file that is locked; made if missing, and never removed
     * @throws IOException if the work throws it, or the thread is interrupted
     */
    static void holding(Path file, Work work) throws IOException {
        try (FileChannel channel = open(file)) {
            work.run(lock(channel).isPresent());
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Closing the channel gives it up. */
    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return Optional.of(channel.lock());
            } catch (OverlappingFileLockException e) {
                pause();
            } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                throw e;
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /** Another thread of this process has it, perhaps with classes of another class loader. */
    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread unpacks files");
        }
    }
}
