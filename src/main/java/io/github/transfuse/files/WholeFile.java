package io.github.transfuse.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes one file so that it appears whole or not at all. A file that was there before stays until the new one is
 * complete, and stays whole if anything fails.
 */
public final class WholeFile {
    private static final int BUFFER_BYTES = 1 << 20;

    private WholeFile() {}

    /** Writes the bytes of a file to a stream. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes; the caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the bytes of a file to a channel. */
    @FunctionalInterface
    public interface ChannelContent {
        /** Writes all bytes; the caller closes the channel. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes or replaces a file.
     *
     * @param file its folder exists
     * @throws IOException if it cannot be written; what was there before is still there
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, false, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
        });
    }

    /**
     * Writes or replaces a file whose bytes are on the disk before it takes its name: it is whole after a power cut too.
     *
     * @param file its folder exists
     * @throws IOException as {@link #write}
     */
    public static void writeSynced(Path file, ChannelContent content) throws IOException {
        write(file, true, content);
    }

    private static void write(Path file, boolean sync, ChannelContent content) throws IOException {
        Path whole = file.toAbsolutePath();
        if (StagedFiles.isStaged(whole)) {
            writeNew(whole, sync, content);
            return;
        }
        try (StagedFiles staged = StagedFiles.in(whole.getParent())) {
            writeNew(staged.file(whole.getFileName().toString()), sync, content);
            staged.publish();
        }
    }

    private static void writeNew(Path file, boolean sync, ChannelContent content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            if (sync) {
                channel.force(true);
            }
        }
    }
}
