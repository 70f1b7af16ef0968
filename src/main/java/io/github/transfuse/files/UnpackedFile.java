package io.github.transfuse.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A file of a jar and its unpacked copy.
 *
 * @param source where the jar has it
 * @param target the copy
 * @param size in bytes, as the jar's directory says
 * @param crc CRC-32, as the jar's directory says
 * @param modified time in milliseconds that the copy gets
 */
public record UnpackedFile(URL source, Path target, long size, long crc, long modified) {
    /**
     * A file of a jar.
     *
     * @param source a {@code jar:} address
     * @throws IOException if the jar cannot be read, or its directory does not say how the file must be
     */
    public static UnpackedFile of(URL source, Path target) throws IOException {
        JarEntry entry = ((JarURLConnection) source.openConnection()).getJarEntry();
        if (entry.getSize() < 0 || entry.getCrc() < 0) {
            throw new IOException(source + " has no size or checksum.");
        }
        return new UnpackedFile(source, target, entry.getSize(), entry.getCrc(), entry.getTime());
    }

    /** Whether the copy has the right size and content; reads all of it. Its time is set right, if it is not. */
    boolean isWhole() throws IOException {
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.size(target) != size) {
            return false;
        }
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(target), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (sum.getValue() != crc) {
            return false;
        }
        force(target);
        if (Files.getLastModifiedTime(target).toMillis() != modified) {
            Files.setLastModifiedTime(target, FileTime.fromMillis(modified));
        }
        return true;
    }

    /** Whether in the copy's place there is a link to another file of the cache: it has a check of its own. */
    boolean isLinkWithin(Path cache) {
        try {
            return Files.isSymbolicLink(target)
                    && Files.isRegularFile(target)
                    && target.toRealPath().startsWith(cache.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Unpacks under another name, checks, waits until the disk has it, and only then gives it its name. */
    void unpack(Path temporary) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(source.openStream(), sum)) {
            Files.copy(in, temporary);
        }
        if (Files.size(temporary) != size || sum.getValue() != crc) {
            throw new IOException(source + " is damaged. Install TransFuse again.");
        }
        force(temporary);
        Files.setLastModifiedTime(temporary, FileTime.fromMillis(modified));
        Moves.move(temporary, target);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
