package io.github.transfuse.spark;

import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.InputFile;
import io.github.transfuse.batch.ResultWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Copies of images on the disk of an executor, and their results there until they are in the store. What an earlier run left in
 * the store has its names on the disk too, so that results are kept and replaced as they are on a disk.
 */
final class RemoteCopies {
    /** Headers, whose pixels lie in other files of the same name. */
    private static final Set<String> HEADERS = Set.of("hdr", "img", "mhd", "nhdr");

    private final RemoteFolder images;
    private final RemoteFolder results;
    private final String staging;
    private final Path input;
    private final Path output;
    private final Map<String, ImageTask.Image> known = new HashMap<>();
    private final Map<String, List<String>> earlier = new HashMap<>();

    /**
     * Nothing is copied yet.
     *
     * @param images where they are
     * @param results where they go
     * @param staging name in it for files that are not complete
     * @param here an empty folder
     */
    RemoteCopies(RemoteFolder images, RemoteFolder results, String staging, Path here) throws IOException {
        this.images = images;
        this.results = results;
        this.staging = staging + "/" + UUID.randomUUID();
        this.input = here.resolve("images").resolve(images.lastName()); // records name the folder
        this.output = Files.createDirectories(here.resolve("results").resolve(results.lastName()));
    }

    /** The folder of results on the disk. */
    Path output() {
        return output;
    }

    /**
     * Copies an image.
     *
     * @throws IOException if it cannot be read
     */
    InputFile fetch(ImageTask.Image image) throws IOException {
        String name = images.name(image.path());
        Path copy = input.resolve(name);
        images.fetch(name, copy);
        String file = copy.getFileName().toString();
        int dot = file.lastIndexOf('.');
        if (HEADERS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT))) {
            String folder = name.substring(0, name.length() - file.length());
            for (RemoteFolder.Entry beside :
                    images.beginning(folder.replaceAll("/$", ""), file.substring(0, dot + 1))) {
                images.fetch(folder + beside.name(), copy.resolveSibling(beside.name()));
            }
        }
        InputFile here = new InputFile(copy, Path.of(image.folder()));
        known.put(copy.toString(), image);
        earlier.put(image.path(), earlier(image.folder(), here.stem()));
        return here;
    }

    /** Records are read before they are replaced; of all else the name is enough. */
    private List<String> earlier(String folder, String stem) throws IOException {
        List<String> names = new ArrayList<>();
        for (RemoteFolder.Entry entry : results.beginning(folder, stem + "-")) {
            String name = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
            Path at = output.resolve(name);
            if (entry.folder()) {
                Files.createDirectories(at);
            } else if (name.endsWith(ResultWriter.PROVENANCE)) {
                results.fetch(name, at);
            } else if (Files.notExists(at)) {
                Files.createDirectories(at.getParent());
                Files.createFile(at);
            }
            names.add(name);
        }
        return names;
    }

    /** Moves the results of an image into the store, the labels last, and tells where all is. */
    FileResult publish(FileResult result) {
        ImageTask.Image image = known.get(result.input());
        List<String> names = result.written().stream()
                .map(file -> output.relativize(Path.of(file)).toString().replace('\\', '/'))
                .toList();
        try {
            if (!result.isFailed() && !result.kept()) {
                move(names);
                for (String old : earlier.get(image.path())) {
                    if (!Files.exists(output.resolve(old))) {
                        results.delete(old);
                    }
                }
            }
            return result.at(image.path(), names.stream().map(results::place).toList());
        } catch (IOException e) {
            return FileResult.failed(image.path(), "Its results cannot be written. " + FailureWords.of(e));
        }
    }

    private void move(List<String> names) throws IOException {
        for (String name : names) {
            results.put(output.resolve(name), staging + "/" + name);
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            results.move(staging + "/" + names.get(i), names.get(i));
        }
    }
}
