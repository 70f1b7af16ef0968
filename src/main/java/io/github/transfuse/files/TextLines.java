package io.github.transfuse.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads texts that people wrote with any editor or spreadsheet: in UTF-8, or in what a byte order mark says. */
public final class TextLines {
    private static final char MARK = '\uFEFF';

    private TextLines() {}

    /**
     * The lines of a text.
     *
     * @throws IOException if it cannot be read, or is in another encoding, which would make other names of some
     */
    public static List<String> of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') < 0) {
                return (text.indexOf(MARK) == 0 ? text.substring(1) : text)
                        .lines()
                        .toList();
            }
        } catch (CharacterCodingException e) {
            throw new IOException(refusal(file), e);
        }
        throw new IOException(refusal(file));
    }

    private static String refusal(Path file) {
        return file + ": this is not text in UTF-8, nor in UTF-16 with a byte order mark. Save it as UTF-8.";
    }

    private static Charset charset(byte... bytes) {
        int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        return switch (first) {
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xfffe -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }
}
