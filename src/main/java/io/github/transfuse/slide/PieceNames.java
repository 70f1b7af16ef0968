package io.github.transfuse.slide;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of the files of pieces: that of the image, then where the piece lies, such as {@code slide.svs_x512_y0_z0_t0}. Each
 * image of an export has a name of its own.
 */
final class PieceNames {
    /** Room in the 255 bytes of file systems for the place, numbers, and endings of temporary files. */
    private static final int MAX_LENGTH = 140;

    /**
     * What file systems refuse, and what does not come back out of lists of names: separators of columns, characters that
     * are not seen, and halves of characters.
     */
    private static final String UNUSABLE = "[/\\\\:*?\"<>|,;\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+";

    /** Files whose names begin so are hidden, and lines of lists are remarks. */
    private static final String UNUSABLE_AT_FIRST = "^[.#\\s]+";

    private static final String PLACE = "_x\\d+_y\\d+_z\\d+_t\\d+(_\\d+)?";

    private final Map<Object, String> byImage = new HashMap<>();

    /**
     * The name of an image: its own as far as files can have it, and numbered if another image has that already.
     *
     * @param identity equal for one image only
     * @param name as shown
     */
    String of(Object identity, String name) {
        return byImage.computeIfAbsent(identity, image -> free(clean(name)));
    }

    private String free(String name) {
        String free = name;
        for (int number = 2; isTaken(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** Some file systems do not tell small letters from large ones. */
    private boolean isTaken(String name) {
        return byImage.values().stream().anyMatch(taken -> folded(taken).equals(folded(name)));
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Letters of all scripts stay, where this machine's file names can have them. */
    private static String clean(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        String usable = composed.replaceAll(UNUSABLE, "_").strip().replaceAll(UNUSABLE_AT_FIRST, "_");
        String shortened = shortened(usable.isEmpty() ? "image" : usable);
        try {
            return Path.of(shortened).toString();
        } catch (InvalidPathException e) {
            return shortened.replaceAll("[^ -~]+", "_");
        }
    }

    private static String shortened(String name) {
        String rest = name;
        while (rest.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
            rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
        }
        return rest;
    }

    /** The name of a piece, without what it ends with: always the same for one place of one image. */
    static String stem(String image, SlideRegion piece) {
        return image + "_x" + piece.x() + "_y" + piece.y() + "_z"
                + piece.plane().z() + "_t" + piece.plane().t();
    }

    /** Whether a stem is that of a piece of an image. */
    static boolean isPieceOf(String image, String stem) {
        return Pattern.matches(Pattern.quote(image) + PLACE, stem);
    }
}
