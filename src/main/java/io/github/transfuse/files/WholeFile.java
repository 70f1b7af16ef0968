package io.github.transfuse.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

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
     * @throws UnwrittenFileException if it cannot be written, or the content fails; what was there before is still there
     * @throws IOException if the thread is interrupted
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, false, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
        });
    }

    /** Writes or replaces a text in UTF-8, as {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
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

    /**
     * Gives a file that is whole its name, in the place of what had it, at one moment: others see the one or the other.
     *
     * @param file under a name of its own, in the same folder
     * @throws IOException if it cannot be renamed; it keeps its name then
     */
    public static void rename(Path file, Path to) throws IOException {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, boolean sync, ChannelContent content) throws IOException {
        Path whole = file.toAbsolutePath();
        Optional<Path> place = StagedFiles.place(whole);
        try {
            if (place.isPresent()) {
                writeNew(whole, sync, content);
                return;
            }
            try (StagedFiles staged = StagedFiles.open(whole.getParent())) {
                writeNew(staged.file(whole.getFileName().toString()), sync, content);
                staged.publish();
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw UnwrittenFileException.of(place.orElse(file), e);
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
