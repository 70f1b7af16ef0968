package io.github.transfuse.imagej;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folder of images and masks that are written for a training. It keeps a list of them, so that a later training replaces
 * these and never files of somebody else.
 */
final class TrainingDataFolder {
    private static final String LIST = "written-by-transfuse.txt";
    private static final List<String> PARTS = List.of("images", "masks");

    private final Path folder;

    private TrainingDataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder without the files of an earlier training.
     *
     * @throws IllegalArgumentException if there are other files, which would be learned as well
     * @throws IOException if the folder cannot be read or written
     */
    static TrainingDataFolder emptied(Path folder) throws IOException {
        ResultFiles.requireWritable(folder);
        Path list = folder.resolve(LIST);
        List<String> earlier = Files.isRegularFile(list) ? Files.readAllLines(list) : List.of();
        if (Files.isRegularFile(list)) {
            ClassList.remove(folder.resolve(PARTS.get(1)));
        }
        for (String part : PARTS) {
            Files.createDirectories(folder.resolve(part));
            for (String file : earlier) {
                FolderTree.deleteOne(folder.resolve(part).resolve(Path.of(file).getFileName()));
            }
            try (Stream<Path> left = Files.list(folder.resolve(part))) {
                if (left.findAny().isPresent()) {
                    throw new IllegalArgumentException("The folder " + folder.resolve(part)
                            + " has files that are not from here, and they would be learned as well."
                            + " Choose another output folder, or move them away.");
                }
            }
        }
        return new TrainingDataFolder(folder);
    }

    /** Names the files that will be written: they are in the list before they are there. */
    void announce(List<String> files) throws IOException {
        WholeFile.write(folder.resolve(LIST), String.join("\n", files) + "\n");
    }

    /** The folder of images. */
    Path images() {
        return folder.resolve(PARTS.get(0));
    }

    /** The folder of masks. */
    Path masks() {
        return folder.resolve(PARTS.get(1));
    }
}
