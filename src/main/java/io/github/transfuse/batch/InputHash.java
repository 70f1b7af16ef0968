package io.github.transfuse.batch;

import io.github.transfuse.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checksums by which an image is known again, whatever it is called. */
final class InputHash {
    private static final Pattern ELSEWHERE = Pattern.compile("(?im)^data ?file\\s*:");
    private static final int HEADER_BYTES = 1 << 16;

    private InputHash() {}

    /**
     * The checksum of a file, or of the names and contents of the files of a series.
     *
     * @return empty if it cannot be told: the pixels lie in other files, or it cannot be read, which reading will tell
     */
    static Optional<String> of(Path input) {
        try {
            boolean elsewhere = !Files.isDirectory(input) && hasOtherFiles(input);
            return elsewhere ? Optional.empty() : Optional.of(Sha256.ofFileOrFolder(input));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** NRRD has headers that name files of pixels. */
    private static boolean hasOtherFiles(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".nhdr") && !name.endsWith(".nrrd")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
            return ELSEWHERE.matcher(header).find();
        }
    }
}
