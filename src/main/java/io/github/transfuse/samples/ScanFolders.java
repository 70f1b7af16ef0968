package io.github.transfuse.samples;

import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds scans in folders as archives export them: a folder for the patient, in it one for the study, in it the series. */
public final class ScanFolders {
    /** Patient, study, series, and one more. */
    private static final int MAX_DEPTH = 4;

    private ScanFolders() {}

    /**
     * The folders of DICOM files in a folder: the folder itself, or those within it.
     *
     * @return none if it is a file
     * @throws IOException if a folder cannot be listed
     */
    static List<Path> in(Path folder) throws IOException {
        return in(folder, MAX_DEPTH);
    }

    private static List<Path> in(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder) || folder.getFileName().toString().startsWith(".")) {
            return List.of();
        }
        if (ImageFiles.isDicomFolder(folder)) {
            return List.of(folder);
        }
        List<Path> found = new ArrayList<>();
        if (depth > 1) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path within : all.sorted().toList()) {
                    found.addAll(in(within, depth - 1));
                }
            }
        }
        return found;
    }

    /** A file, or the only folder of DICOM files in a folder; where there is none or are several, the folder itself. */
    public static Path only(Path path) throws IOException {
        List<Path> found = in(path);
        return found.size() == 1 ? found.get(0) : path;
    }
}
