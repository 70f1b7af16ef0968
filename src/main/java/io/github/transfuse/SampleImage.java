package io.github.transfuse;

import io.github.transfuse.files.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture to try the default model on: a mole, drawn by a program. */
public final class SampleImage {
    private static final String NAME = "mole.jpg";

    private SampleImage() {}

    /**
     * Copies the picture.
     *
     * @param folder where to; created if missing
     * @return its file
     */
    public static Path copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME);
        try (InputStream in = SampleImage.class.getResourceAsStream("sample/" + NAME)) {
            if (in == null) {
                throw new FileNotFoundException("The plugin's jar lacks its sample picture. Install the plugin again.");
            }
            WholeFile.write(file, in::transferTo);
        }
        return file;
    }
}
