package io.github.transfuse.image;

import ij.IJ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Readers that are no part of this plugin, for their licences or because no repository has them: what Fiji and the class
 * path have, and jars that a user puts into a folder.
 */
final class AddedReaders {
    /** Names another folder than {@code .transfuse/readers} in the user's home. */
    static final String PROPERTY = "transfuse.readers";

    private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    private AddedReaders() {}

    static Path folder() {
        String folder = System.getProperty(PROPERTY, "");
        return folder.isBlank() ? Path.of(System.getProperty("user.home"), ".transfuse", "readers") : Path.of(folder);
    }

    /** A class of one of these names, if any is there. */
    static Optional<Class<?>> find(String... names) {
        List<ClassLoader> loaders = new ArrayList<>(List.of(AddedReaders.class.getClassLoader()));
        Optional.ofNullable(IJ.getClassLoader()).ifPresent(loaders::add);
        Optional.ofNullable(Thread.currentThread().getContextClassLoader()).ifPresent(loaders::add);
        loaders.add(LOADERS.computeIfAbsent(folder(), AddedReaders::ofFolder));
        for (ClassLoader loader : loaders) {
            for (String name : names) {
                try {
                    return Optional.of(Class.forName(name, true, loader));
                } catch (ClassNotFoundException | LinkageError e) {
                    // Another loader may have it whole
                }
            }
        }
        return Optional.empty();
    }

    private static ClassLoader ofFolder(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            URL[] jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(AddedReaders::url)
                    .toArray(URL[]::new);
            return new URLClassLoader(jars, AddedReaders.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
