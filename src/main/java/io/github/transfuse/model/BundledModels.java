package io.github.transfuse.model;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Models shipped as resources: {@code index.txt} lists their names, one a line, and each has a folder of that name. There
 * may be several lists, since every model can lie in a jar of its own. They
 * are unpacked to a cache once, under a name that holds the checksum of their specification, so that plugins of two
 * versions do not disturb each other.
 */
final class BundledModels {
    private static final List<String> FILES = List.of(ModelFolder.WEIGHTS, ModelFolder.SPEC, ModelFolder.CARD);

    private final String root;
    private final Path cache;

    /** Models below the resource folder {@code root}, unpacked below {@code cache}. */
    BundledModels(String root, Path cache) {
        this.root = root;
        this.cache = cache;
    }

    Path cache() {
        return cache;
    }

    List<String> names() throws IOException {
        List<URL> lists =
                Collections.list(BundledModels.class.getClassLoader().getResources(root.substring(1) + "/index.txt"));
        if (lists.isEmpty()) {
            throw lacking(root + "/index.txt");
        }
        List<String> names = new ArrayList<>();
        for (URL list : lists) {
            try (InputStream in = list.openStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(names::add);
            }
        }
        return names.stream().distinct().toList();
    }

    SpecReader.Description describe(String name) throws IOException {
        String resource = root + "/" + name + "/" + ModelFolder.SPEC;
        return SpecReader.read(resource, text(resource));
    }

    /** The picture of a model, if it has one. */
    Optional<byte[]> picture(String name) throws IOException {
        for (String picture : ModelFolder.PICTURES) {
            try (InputStream in = BundledModels.class.getResourceAsStream(root + "/" + name + "/" + picture)) {
                if (in != null) {
                    return Optional.of(in.readAllBytes());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a folder is one of the unpacked models. */
    boolean holds(Path folder) {
        return folder.toAbsolutePath()
                .normalize()
                .startsWith(cache.toAbsolutePath().normalize());
    }

    /** The unpacked model; a damaged copy in the cache is replaced. */
    ModelFolder open(String name) throws IOException {
        String sha256 = Sha256.of(text(root + "/" + name + "/" + ModelFolder.SPEC));
        Path folder = cache.resolve(name + "-" + sha256.substring(0, 16));
        if (Files.exists(folder)) {
            try {
                return ModelFolder.open(folder);
            } catch (ModelFormatException e) {
                FolderTree.delete(folder);
            }
        }
        unpack(name, folder);
        return ModelFolder.open(folder);
    }

    private void unpack(String name, Path folder) throws IOException {
        try (StagedFiles staging = ModelFolder.stage(folder)) {
            for (String file : FILES) {
                try (InputStream in = resource(root + "/" + name + "/" + file)) {
                    WholeFile.write(staging.file(file), in::transferTo);
                }
            }
            // Another process may have been faster: then the same files are moved over the same files
            staging.publishAs(folder);
        } catch (IOException e) {
            throw new IOException(
                    "The bundled model '" + name + "' cannot be unpacked to " + folder + " ("
                            + UnwrittenFileException.reason(e) + "). Name a writable folder with -D"
                            + ModelCatalogue.CACHE_PROPERTY + "=FOLDER.",
                    e);
        }
    }

    private String text(String resource) throws IOException {
        try (InputStream in = resource(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) throws ModelFormatException {
        InputStream in = BundledModels.class.getResourceAsStream(name);
        if (in == null) {
            throw lacking(name);
        }
        return in;
    }

    private static ModelFormatException lacking(String name) {
        return new ModelFormatException("The plugin's jar lacks " + name + ". Install the plugin again.");
    }
}
