package io.github.transfuse.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A jar of made-up libraries, laid out like those of JavaCPP.
 *
 * @param path of the jar
 * @param names of the libraries
 */
record FakeJar(Path path, List<String> names) {
    private static final String FOLDER = "org/example/linux-x86_64/";

    static FakeJar write(Path path, int count, int size) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path))) {
            jar.setLevel(1);
            for (int i = 0; i < count; i++) {
                jar.putNextEntry(new JarEntry(FOLDER + "lib" + i + ".so"));
                byte[] bytes = new byte[size];
                new Random(i).nextBytes(bytes);
                jar.write(bytes);
                jar.closeEntry();
            }
        }
        return of(path, count);
    }

    static FakeJar of(Path path, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("lib" + i + ".so");
        }
        return new FakeJar(path, names);
    }

    List<UnpackedFile> files(Path cache) {
        List<UnpackedFile> files = new ArrayList<>();
        try {
            for (String name : names) {
                Path target = cache.resolve(path.getFileName()).resolve(FOLDER + name);
                files.add(UnpackedFile.of(new URL("jar:" + path.toUri() + "!/" + FOLDER + name), target));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(UnpackedFile file) {
        byte[] bytes = new byte[(int) file.size()];
        new Random(names.indexOf(file.target().getFileName().toString())).nextBytes(bytes);
        return bytes;
    }

    /** All copies that are no links hold what the jar holds. */
    void assertWhole(Path cache) {
        for (UnpackedFile file : files(cache)) {
            try {
                boolean link = !Files.isRegularFile(file.target(), LinkOption.NOFOLLOW_LINKS)
                        && Files.isSymbolicLink(file.target());
                if (!link && !Arrays.equals(bytes(file), Files.readAllBytes(file.target()))) {
                    throw new AssertionError(file.target() + " is not whole");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
