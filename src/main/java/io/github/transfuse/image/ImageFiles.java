package io.github.transfuse.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads image files: TIFF (what ImageJ reads: stacks, hyperstacks, 8, 16 and 32 bits, RGB, LZW, ZIP, ...; and tiled ones
 * of one page), PNG, JPEG, GIF (first frame) and BMP. Kinds are told by contents, not by names. No window is ever opened.
 */
public final class ImageFiles {
    private static final int LONGEST_SIGNATURE = 12;

    private ImageFiles() {}

    /** Endings of names of files that {@link #read} may be able to read, in lower case without a dot. */
    public static List<String> extensions() {
        return List.of("tif", "tiff", "png", "jpg", "jpeg", "gif", "bmp");
    }

    /**
     * Reads an image as it looks: colour tables of PNG, GIF and BMP are looked up, 1-bit pictures are 0 and 255.
     *
     * @param file an image file
     * @return the image with its calibration, checked to have pixels that are all finite
     * @throws UnsupportedImageException if there is no such image, or not a whole one; the message names the file, what
     *     is wrong and what to do
     * @throws IOException if reading fails
     */
    public static CalibratedImage read(Path file) throws IOException {
        Kind kind = kind(file);
        return PixelChecks.requireUsable(
                kind == Kind.TIFF
                        ? TiffReader.read(file)
                        : ImageIoReader.read(file).asImage());
    }

    /**
     * Reads a label image or a mask: as {@link #read}, but of pictures with a colour table the stored indices, so that
     * 1-bit pictures are 0 and 1.
     *
     * @param file an image file
     * @return the labels
     * @throws IOException as {@link #read}
     */
    public static CalibratedImage readLabels(Path file) throws IOException {
        Kind kind = kind(file);
        return PixelChecks.requireUsable(
                kind == Kind.TIFF
                        ? TiffReader.read(file)
                        : ImageIoReader.read(file).asIndices());
    }

    /**
     * Makes sure, by a look at its first bytes, that a file is there and of a kind that can be read.
     *
     * @throws UnsupportedImageException if it is not, naming the way out
     * @throws IOException if reading fails
     */
    public static void requireImage(Path file) throws IOException {
        kind(file);
    }

    /** Kinds of file by their first bytes, in hexadecimal. */
    private enum Kind {
        TIFF("49492a00|4d4d002a"),
        BIG_TIFF("49492b00|4d4d002b"),
        PNG("89504e470d0a1a0a"),
        JPEG("ffd8ff"),
        GIF("474946383[79]61"),
        BMP("424d");

        private final String signature;

        Kind(String signature) {
            this.signature = signature;
        }

        boolean starts(String hex) {
            return hex.matches("(" + signature + ").*");
        }
    }

    private static Kind kind(Path file) throws IOException {
        requireContents(file);
        String hex = HexFormat.of().formatHex(beginning(file));
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.starts(hex))
                .findFirst()
                .orElseThrow(() -> new UnsupportedImageException(
                        file, "this is not an image of a known kind", "Give a TIFF, PNG, JPEG, GIF or BMP file."));
        if (kind == Kind.BIG_TIFF) {
            throw new UnsupportedImageException(
                    file,
                    "this is a BigTIFF, which ImageJ's reader cannot hold",
                    "Save it as a TIFF below 4 GB, or segment it with TransFuse in QuPath, which reads pyramidal OME-TIFF.");
        }
        return kind;
    }

    private static void requireContents(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UnsupportedImageException(file, "there is no such file", "Check the path.");
        }
        if (Files.isDirectory(file)) {
            throw new UnsupportedImageException(
                    file,
                    "this is a folder, not an image",
                    "Give a file, or a folder with a pattern such as FOLDER/*.tif.");
        }
        if (!Files.isReadable(file)) {
            throw new UnsupportedImageException(file, "the file may not be read", "Change its permissions.");
        }
        if (Files.size(file) == 0) {
            throw new UnsupportedImageException(file, "the file is empty", "Copy or export it again.");
        }
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST_SIGNATURE);
        }
    }
}
