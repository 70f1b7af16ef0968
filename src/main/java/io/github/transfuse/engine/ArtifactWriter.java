package io.github.transfuse.engine;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

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
     * Writes one jar, which appears when its checksum is right.
     *
     * @param source where the bytes come from, for messages
     * @throws EngineUnavailableException if the bytes are not those of the artifact
     * @throws UncheckedIOException if the source cannot be read
     * @throws IOException if the folder cannot be written
     */
    void write(Artifact artifact, InputStream in, String source, Step step) throws IOException {
        Files.createDirectories(folder);
        StagedFiles.sweep(folder);
        WholeFile.write(folder.resolve(artifact.fileName()), out -> copy(artifact, new Source(in, source), out, step));
    }

    private record Source(InputStream in, String name) {
        int read(byte[] buffer) {
            try {
                return in.read(buffer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Artifact artifact, Source source, OutputStream out, Step step) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        // one byte too many is enough to know that it is another file
        for (int read = source.read(buffer); read >= 0 && count <= artifact.size(); read = source.read(buffer)) {
            out.write(buffer, 0, read);
            digest.update(buffer, 0, read);
            count += read;
            step.copied(read);
        }
        check(artifact, Sha256.text(digest), count, source.name());
    }

    private static void check(Artifact artifact, String sha256, long size, String source) {
        if (size != artifact.size() || !sha256.equals(artifact.sha256())) {
            throw new EngineUnavailableException(source + " is not the expected " + artifact.fileName() + ": it has "
                    + size + " bytes and SHA-256 " + sha256 + ", not " + artifact.size() + " bytes and "
                    + artifact.sha256() + ". It was not used. Get it again from a trustworthy source.");
        }
    }
}
