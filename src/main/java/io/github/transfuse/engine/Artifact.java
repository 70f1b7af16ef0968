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
import java.util.stream.Stream;

/**
 * A jar that the engine is made of, pinned by its checksum.
 *
 * @param path within a Maven repository
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 */
record Artifact(String path, long size, String sha256) {
    private static final String LIST = "artifacts.tsv";

    /** What computing on an NVIDIA GPU needs beside, or instead. */
    private static final String GPU_LIST = "gpu-artifacts.tsv";

    private static final Pattern NATIVE = Pattern.compile(".*-(linux|windows|macosx)-[a-z0-9_]+(-gpu)?\\.jar");

    /** The jars for a platform: those with classes and those with its native libraries; empty natives if unknown. */
    static List<Artifact> forPlatform(String platform) {
        return of(LIST, platform);
    }

    /** Jars for NVIDIA GPUs alone, which the others do not have; empty if there are none for the platform. */
    static List<Artifact> gpuOnly(String platform) {
        List<Artifact> found = of(GPU_LIST, platform);
        return found.stream().anyMatch(Artifact::isNative) ? found : List.of();
    }

    /** All jars with which a platform computes on NVIDIA GPUs; as {@link #forPlatform} where there are none. */
    static List<Artifact> withGpu(String platform) {
        List<Artifact> gpu = gpuOnly(platform);
        // the library for processors lies in the one for GPUs too, and the two exclude each other
        boolean instead = !gpu.isEmpty();
        return Stream.concat(
                        forPlatform(platform).stream()
                                .filter(a -> !(instead
                                        && a.isNative()
                                        && a.fileName().startsWith("pytorch-"))),
                        gpu.stream())
                .toList();
    }

    /** All jars of all platforms that this version may have put anywhere. */
    static List<Artifact> everything() {
        return Stream.of(LIST, GPU_LIST).flatMap(list -> all(list).stream()).toList();
    }

    private static List<Artifact> of(String list, String platform) {
        return all(list).stream()
                .filter(a -> !a.isNative()
                        || a.path.endsWith("-" + platform + ".jar")
                        || a.path.endsWith("-" + platform + "-gpu.jar"))
                .toList();
    }

    /** Whether this jar holds native libraries. */
    boolean isNative() {
        return NATIVE.matcher(path).matches();
    }

    /** Whether this jar holds PyTorch for NVIDIA GPUs. */
    boolean isGpu() {
        return path.endsWith("-gpu.jar");
    }

    private static List<Artifact> all(String list) {
        try (InputStream in = Artifact.class.getResourceAsStream(list);
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

    /** Whether a file of this name and size is in a folder: not proof, but told at once. */
    boolean seemsIn(Path folder) {
        try {
            Path file = folder.resolve(fileName());
            return Files.isRegularFile(file) && Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the file is this jar, byte for byte. */
    boolean matches(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == size
                && Sha256.of(file).equals(sha256);
    }
}
