package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a PBM, PGM, PPM or PAM says before its pixels.
 *
 * @param kind the digit of its mark, 1 to 7
 * @param samples of a pixel; 2 and 4 end with the opacity
 * @param max the value of white
 * @param at where the pixels begin
 */
record PnmHeader(int kind, int width, int height, int samples, int max, int at) {
    private static final int MAX = 65_535;
    private static final int PAM = 7;

    static PnmHeader of(Path file, PnmText text) throws IOException {
        int kind = text.mark();
        if (kind == PAM) {
            return pam(file, text);
        }
        int width = text.number();
        int height = text.number();
        int max = kind == 1 || kind == 4 ? 1 : text.number();
        if (kind > 3) {
            text.skipBlank();
        }
        return new PnmHeader(kind, width, height, kind == 3 || kind == 6 ? 3 : 1, max, text.at()).checked(file);
    }

    private static PnmHeader pam(Path file, PnmText text) throws IOException {
        Map<String, String> said = new HashMap<>();
        for (String line = text.line(); !line.equals("ENDHDR"); line = text.line()) {
            String[] words = line.split("\\s+", 2);
            if (words.length == 2 && !words[0].startsWith("#")) {
                said.merge(words[0], words[1], (a, b) -> a + " " + b);
            }
        }
        int samples = number(said, "DEPTH");
        String type = said.getOrDefault("TUPLTYPE", samples == 3 ? "RGB" : "GRAYSCALE");
        int meant =
                switch (type) {
                    case "BLACKANDWHITE", "GRAYSCALE" -> 1;
                    case "BLACKANDWHITE_ALPHA", "GRAYSCALE_ALPHA" -> 2;
                    case "RGB" -> 3;
                    case "RGB_ALPHA" -> 4;
                    default -> 0;
                };
        if (meant != samples) {
            throw new UnsupportedImageException(
                    file, "a PAM of " + samples + " samples of kind " + type + " is not read", "Save it as TIFF.");
        }
        int max = number(said, "MAXVAL");
        return new PnmHeader(PAM, number(said, "WIDTH"), number(said, "HEIGHT"), samples, max, text.at()).checked(file);
    }

    private static int number(Map<String, String> said, String key) throws IOException {
        String value = said.getOrDefault(key, "");
        if (!value.matches("[0-9]{1,9}")) {
            throw new IOException("its " + key + " is missing or no number");
        }
        return Integer.parseInt(value);
    }

    private PnmHeader checked(Path file) throws IOException {
        PlaneLimit.check(file, width, height);
        if (max < 1 || max > MAX) {
            throw new IOException("its largest value is " + max);
        }
        return this;
    }

    boolean isText() {
        return kind <= 3;
    }

    boolean isBits() {
        return kind == 1 || kind == 4;
    }

    /** Bytes of a row of pixels that are not written as text. */
    long rowBytes() {
        return isBits() ? (width + 7L) / 8 : (long) width * samples * (max > 255 ? 2 : 1);
    }
}
