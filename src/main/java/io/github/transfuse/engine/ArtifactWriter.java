package io.github.transfuse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Puts jars into a folder: whole and with the right checksum, or not at all. */
final class ArtifactWriter {
    private final Path folder;

    ArtifactWriter(Path folder) {
        this.folder = folder;
    }

    /** Told after each block of bytes. */
    @FunctionalInterface
    interface Step {
        void copied(long bytes);
    }

    /**
     * Writes one jar under a temporary name and moves it when its checksum is right.
     *
     * @param source where the bytes come from, for messages
     * @throws EngineUnavailableException if the bytes are not those of the artifact
     */
    void write(Artifact artifact, InputStream in, String source, Step step) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, artifact.fileName(), ".part");
        try {
            check(artifact, copy(artifact, in, temporary, step), Files.size(temporary), source);
            move(temporary, folder.resolve(artifact.fileName()));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String copy(Artifact artifact, InputStream in, Path file, Step step) throws IOException {
        MessageDigest digest = Artifact.newDigest();
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            // one byte too many is enough to know that it is another file
            for (int read = in.read(buffer); read >= 0 && count <= artifact.size(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                count += read;
                step.copied(read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void check(Artifact artifact, String sha256, long size, String source) {
        if (size != artifact.size() || !sha256.equals(artifact.sha256())) {
            throw new EngineUnavailableException(source + " is not the expected " + artifact.fileName() + ": it has "
                    + size + " bytes and SHA-256 " + sha256 + ", not " + artifact.size() + " bytes and "
                    + artifact.sha256() + ". It was not used. Get it again from a trustworthy source.");
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
