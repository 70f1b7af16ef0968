package io.github.transfuse.model;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model folder that was zipped to be passed on, itself or what it holds. It is unpacked to a cache once, under a name that
 * holds the checksum of the zip. Only the files of a model are taken, by their names alone, wherever they lie in the zip.
 */
final class ModelZip {
    private static final String END = ".zip";
    /** The largest model has weights of 0.6 GB. */
    private static final long MAX_BYTES = 4L << 30;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path cache;

    ModelZip(Path cache) {
        this.cache = cache;
    }

    /** Whether a path is meant as a zip. */
    static boolean is(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(END) && Files.isRegularFile(path);
    }

    /** Whether a folder is an unpacked one. */
    boolean holds(Path folder) {
        return folder.toAbsolutePath()
                .normalize()
                .startsWith(cache.toAbsolutePath().normalize());
    }

    /**
     * Opens the model in a zip; a damaged copy in the cache is replaced.
     *
     * @throws ModelFormatException if the zip is damaged, or holds no model or several
     * @throws IOException if it cannot be read or unpacked
     */
    ModelFolder open(Path zip) throws IOException {
        String name = zip.getFileName().toString();
        String stem = name.substring(0, name.length() - END.length());
        Path folder = cache.resolve(Sha256.of(zip).substring(0, 16)).resolve(stem.isBlank() ? "model" : stem);
        if (Files.exists(folder)) {
            try {
                return ModelFolder.open(folder);
            } catch (ModelFormatException e) {
                FolderTree.delete(folder);
            }
        }
        try {
            unpack(zip, folder);
            return ModelFolder.open(folder);
        } catch (ModelFormatException e) {
            FolderTree.delete(folder);
            // Users know the zip, not where it was unpacked
            throw new ModelFormatException(e.getMessage().replace(folder.toString(), zip.toString()), e);
        } catch (UnwrittenFileException e) {
            throw e.getCause() instanceof ModelFormatException damaged ? damaged : e;
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(zip, e);
        }
    }

    private static ModelFormatException unreadable(Path zip, Exception e) {
        return new ModelFormatException(
                zip,
                "the zip cannot be read (" + e.getMessage() + ")",
                "Get it again, or unzip it and name the folder.");
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> entries =
                    file.stream().filter(entry -> !entry.isDirectory()).toList();
            String place = place(zip, entries);
            Files.createDirectories(folder.getParent());
            try (StagedFiles staging = ModelFolder.stage(folder)) {
                for (ZipEntry entry : taken(entries, place)) {
                    WholeFile.write(
                            staging.file(entry.getName().substring(place.length())),
                            out -> copy(zip, file, entry, out));
                }
                staging.publishAs(folder);
            }
        }
    }

    /** What the names of the model's files begin with in the zip: nothing, or a folder. */
    private static String place(Path zip, List<? extends ZipEntry> entries) throws ModelFormatException {
        List<String> places = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(ModelFolder.SPEC) || name.endsWith("/" + ModelFolder.SPEC))
                .map(name -> name.substring(0, name.length() - ModelFolder.SPEC.length()))
                .toList();
        if (places.size() != 1) {
            throw new ModelFormatException(
                    zip,
                    places.isEmpty()
                            ? "the zip holds no model: there is no " + ModelFolder.SPEC + " in it"
                            : "the zip holds " + places.size() + " models",
                    "Zip one model folder.");
        }
        return places.get(0);
    }

    private static List<ZipEntry> taken(List<? extends ZipEntry> entries, String place) {
        List<String> names = new ArrayList<>(List.of(ModelFolder.SPEC, ModelFolder.WEIGHTS, ModelFolder.CARD));
        names.addAll(ModelFolder.PICTURES);
        List<ZipEntry> taken = new ArrayList<>();
        for (String name : names) {
            Optional<? extends ZipEntry> found = entries.stream()
                    .filter(entry -> entry.getName().equals(place + name))
                    .findFirst();
            found.ifPresent(taken::add);
        }
        return taken;
    }

    /** What cannot be read is no fault of the disk that is written to. */
    private static void copy(Path zip, ZipFile file, ZipEntry entry, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long count = 0;
        try (InputStream in = file.getInputStream(entry)) {
            for (int read = read(zip, in, buffer); read >= 0; read = read(zip, in, buffer)) {
                count += read;
                if (count > MAX_BYTES) {
                    throw new ModelFormatException(
                            zip, "a file in it is larger than any model's", "Get it from whoever made the model.");
                }
                out.write(buffer, 0, read);
            }
        } catch (ZipException e) {
            throw unreadable(zip, e);
        }
    }

    private static int read(Path zip, InputStream in, byte... buffer) throws ModelFormatException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(zip, e);
        }
    }
}
