package io.github.transfuse.engine;

import io.github.transfuse.files.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A jar that the engine is made of, pinned by its checksum.
 *
 * @param path within a Maven repository
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 */
record Artifact(String path, long size, String sha256) {
    private static final String LIST = "artifacts.tsv";

    private static final Pattern NATIVE = Pattern.compile(".*-(linux|windows|macosx)-[a-z0-9_]+\\.jar");

    /** The jars for a platform: those with classes and those with its native libraries; empty natives if unknown. */
    static List<Artifact> forPlatform(String platform) {
        return all().stream()
                .filter(a -> !NATIVE.matcher(a.path).matches() || a.path.endsWith("-" + platform + ".jar"))
                .toList();
    }

    /** Whether this jar holds native libraries. */
    boolean isNative() {
        return NATIVE.matcher(path).matches();
    }

    private static List<Artifact> all() {
        try (InputStream in = Artifact.class.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(Artifact::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Artifact parse(String line) {
        String[] columns = line.split("\t", -1);
        return new Artifact(columns[0], Long.parseLong(columns[1]), columns[2]);
    }

    /** The last part of the path. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the file is this jar, byte for byte. */
    boolean matches(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == size
                && Sha256.of(file).equals(sha256);
    }
}
