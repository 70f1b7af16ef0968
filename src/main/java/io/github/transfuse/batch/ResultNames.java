package io.github.transfuse.batch;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.image.ResultFiles;
import java.nio.charset.StandardCharsets;

/** Names of results, which are longer than those of their images, but never longer than file systems allow. */
final class ResultNames {
    /** Bytes that file systems allow for a name, less those of the longest ending of a result. */
    static final int MAX_BYTES = 255 - "-probabilities.nii.gz".length();

    private static final int CHECKSUM = 8;

    private ResultNames() {}

    /**
     * What the names of results begin with: the name of the image without its ending. One that is too long is cut, and a
     * checksum keeps it apart from others that begin alike.
     */
    static String stem(String name) {
        String stem = ResultFiles.stem(name);
        return bytes(stem) <= MAX_BYTES
                ? stem
                : cut(stem, MAX_BYTES - CHECKSUM - 1) + "~" + Sha256.of(stem).substring(0, CHECKSUM);
    }

    /** Whether results cannot have the whole name. */
    static boolean isCut(String name) {
        return bytes(ResultFiles.stem(name)) > MAX_BYTES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The beginning of a text, without half a letter at its end. */
    private static String cut(String text, int most) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int letter = text.codePointAt(end);
            bytes += bytes(Character.toString(letter));
            if (bytes > most) {
                break;
            }
            end += Character.charCount(letter);
        }
        return text.substring(0, end);
    }
}
