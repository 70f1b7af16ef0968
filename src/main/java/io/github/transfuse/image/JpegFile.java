package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the markers of a JPEG file say.
 *
 * @param components of a pixel
 * @param transform of the colours by Adobe's marker: 0 none, 1 YCbCr, 2 YCCK; -1 without that marker
 * @param orientation by EXIF, 1 to 8; 1 where it is not said
 */
record JpegFile(int width, int height, int components, int transform, int orientation) {
    private static final int SCANS = 200;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    /** Pixels that a byte can stand for at most. */
    private static final int EXPANSION = 2000;

    /**
     * Reads the markers.
     *
     * @throws IOException if the file is damaged, without its name
     */
    static JpegFile of(Path file, byte... bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        JpegFile found = new JpegFile(0, 0, 0, -1, 1);
        int scans = 0;
        boolean progressive = false;
        boolean ended = false;
        int at = 2;
        while (at + 2 <= bytes.length) {
            int marker = in.get(at + 1) & 0xff;
            if (in.get(at) != -1 || marker == 0 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd8)) {
                at++;
                continue;
            }
            if (marker == 0xd9) {
                ended = true;
                break;
            }
            int length = at + 4 <= bytes.length ? in.getShort(at + 2) & 0xffff : 0;
            require(length >= 2 && at + 2 + length <= bytes.length);
            scans += marker == 0xda ? 1 : 0;
            progressive |= marker == 0xc2;
            ByteBuffer part = in.slice(at + 4, length - 2);
            requireRead(file, marker, part);
            found = found.with(marker, part);
            at += 2 + length;
        }
        if (found.components == 0 || scans == 0) {
            throw new IOException("it has no picture");
        }
        PlaneLimit.check(file, found.width, found.height);
        if ((long) found.width * found.height > (long) EXPANSION * bytes.length || scans > SCANS) {
            throw new IOException("its size is " + found.width + " x " + found.height + " in " + scans
                    + " scans, which the file cannot hold");
        }
        // A whole scan of several is a whole picture to the decoder
        require(ended || !(progressive || scans > 1));
        return found;
    }

    private static void require(boolean whole) throws IOException {
        if (!whole) {
            throw new IOException("it ends too early");
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Whole files of kinds that the decoder does not know are not damaged. */
    private static void requireRead(Path file, int marker, ByteBuffer part) throws UnsupportedImageException {
        String kind = "";
        if (marker == 0xf7) {
            kind = "JPEG-LS";
        } else if (isFrame(marker) && marker > 0xc2) {
            kind = marker == 0xc3 ? "lossless" : marker > 0xc8 ? "with arithmetic coding" : "in several sizes";
        } else if (isFrame(marker) && part.capacity() > 0 && part.get(0) != Byte.SIZE) {
            kind = "of " + (part.get(0) & 0xff) + " bits";
        }
        if (!kind.isEmpty()) {
            throw new UnsupportedImageException(
                    file, "this is a JPEG of a kind that is not read (" + kind + ")", "Save it as PNG or TIFF.");
        }
    }

    private JpegFile with(int marker, ByteBuffer part) {
        if (isFrame(marker) && part.capacity() >= 6 && components == 0) {
            return new JpegFile(
                    part.getShort(3) & 0xffff, part.getShort(1) & 0xffff, part.get(5) & 0xff, transform, orientation);
        }
        if (marker == 0xee && part.capacity() >= 12 && text(part, 5).equals("Adobe")) {
            return new JpegFile(width, height, components, part.get(11) & 0xff, orientation);
        }
        if (marker == 0xe1 && part.capacity() > EXIF.length) {
            byte[] exif = new byte[part.capacity()];
            part.get(0, exif);
            if (Arrays.equals(exif, 0, EXIF.length, EXIF, 0, EXIF.length)) {
                byte[] tiff = Arrays.copyOfRange(exif, EXIF.length, exif.length);
                return new JpegFile(width, height, components, transform, orientation(tiff));
            }
        }
        return this;
    }

    private static String text(ByteBuffer part, int length) {
        byte[] text = new byte[length];
        part.get(0, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Viewers show a picture whose EXIF part is damaged as it is stored. */
    static int orientation(byte... tiff) {
        try (TiffBytes bytes = TiffBytes.of(tiff)) {
            return (int) TiffDirectory.all(bytes).get(0).number(TiffDirectory.ORIENTATION, Upright.AS_STORED);
        } catch (IOException | RuntimeException e) {
            return Upright.AS_STORED;
        }
    }
}
