package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks at the parts of a WebP: the decoder takes what is left of a cut file for the whole. */
final class WebpFile {
    private static final int HEADER = 12;
    private static final int PART = 8;
    private static final int FRAME = 16;
    private static final int LOSSY_HEADER = 10;
    private static final int LOSSLESS_HEADER = 5;
    private static final int PACKING = 3;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    /** Pixels that a byte can stand for at most, as encoders pack a picture of one colour. */
    private static final long EXPANSION = 40_000;

    private final Path file;
    private final ByteBuffer in;
    private long width;
    private long height;
    private int pictures;
    private int orientation = Upright.AS_STORED;

    private WebpFile(Path file, byte... bytes) {
        this.file = file;
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks a file.
     *
     * @throws IOException if it is damaged, without its name
     */
    static WebpFile of(Path file, byte... bytes) throws IOException {
        WebpFile webp = new WebpFile(file, bytes);
        if (bytes.length < HEADER || Integer.toUnsignedLong(webp.in.getInt(4)) + PART > bytes.length) {
            throw new IOException("it ends too early");
        }
        webp.parts(HEADER, webp.in.getInt(4) + PART);
        if (webp.pictures == 0) {
            throw new IOException("it has no picture");
        }
        if (webp.width * webp.height > EXPANSION * bytes.length) {
            throw new IOException("its size is " + webp.width + " x " + webp.height + ", which the file cannot hold");
        }
        return webp;
    }

    boolean holdsSeveral() {
        return pictures > 1;
    }

    /** By EXIF, 1 to 8; 1 where it is not said. */
    int orientation() {
        return orientation;
    }

    private void parts(int begin, int end) throws IOException {
        for (int at = begin; at < end; ) {
            if (end - at < PART) {
                throw new IOException("it ends too early");
            }
            byte[] name = new byte[4];
            in.get(at, name);
            long length = Integer.toUnsignedLong(in.getInt(at + 4));
            if (length > end - at - PART) {
                throw new IOException("it ends too early");
            }
            part(new String(name, StandardCharsets.ISO_8859_1), at + PART, (int) length);
            // Parts begin at even places
            at += PART + (int) length + (int) (length & 1);
        }
    }

    private void part(String name, int at, int length) throws IOException {
        switch (name) {
            case "VP8X" -> size(1L + triple(at + 4), 1L + triple(at + 7));
            case "VP8 " -> {
                boolean whole = length > LOSSY_HEADER && triple(at) >> 5 <= length - LOSSY_HEADER;
                require(whole && triple(at + 3) == 0x2a019d);
                size(in.getShort(at + 6) & 0x3fff, in.getShort(at + 8) & 0x3fff);
                pictures++;
            }
            case "VP8L" -> {
                require(length > LOSSLESS_HEADER && in.get(at) == 0x2f);
                int sizes = in.getInt(at + 1);
                size((sizes & 0x3fff) + 1L, (sizes >> 14 & 0x3fff) + 1L);
                pictures++;
            }
            case "ALPH" -> opacity(in.get(at));
            case "ANMF" -> frame(at, length);
            case "EXIF" -> {
                byte[] exif = new byte[length];
                in.get(at, exif);
                boolean marked = length > EXIF.length && Arrays.equals(exif, 0, EXIF.length, EXIF, 0, EXIF.length);
                orientation = JpegFile.orientation(marked ? Arrays.copyOfRange(exif, EXIF.length, length) : exif);
            }
            default -> {
                // Profiles and remarks
            }
        }
    }

    /** The decoder takes opacity that is not packed for full. */
    private void opacity(byte kind) throws UnsupportedImageException {
        if ((kind & PACKING) == 0) {
            throw new UnsupportedImageException(
                    file, "its opacity is stored without packing, which is not read", "Save the picture as PNG.");
        }
    }

    private void frame(int at, int length) throws IOException {
        require(length > FRAME);
        boolean first = pictures == 0;
        if (first && (1L + triple(at + 6) != width || 1L + triple(at + 9) != height)) {
            throw new UnsupportedImageException(
                    file, "it is an animation whose first picture is smaller than it", "Save the picture as PNG.");
        }
        if (first) {
            parts(at + FRAME, at + length);
            require(pictures == 1);
        } else {
            pictures++;
        }
    }

    /** All parts must say the same size. */
    private void size(long columns, long rows) throws IOException {
        PlaneLimit.check(file, columns, rows);
        require(width == 0 || (width == columns && height == rows));
        width = columns;
        height = rows;
    }

    private static void require(boolean right) throws IOException {
        if (!right) {
            throw new IOException("its parts contradict each other");
        }
    }

    private int triple(int at) {
        return (in.getShort(at) & 0xffff) | (in.get(at + 2) & 0xff) << 16;
    }
}
