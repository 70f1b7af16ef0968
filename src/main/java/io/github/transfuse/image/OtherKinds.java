package io.github.transfuse.image;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Files that are often met where images are meant, and that are not read, by their first bytes as ISO 8859-1. */
enum OtherKinds {
    PAGE("[^<]{0,8}<(!doctype )?html", "a web page", "Download the image again."),
    POINTER("version https://git-lfs", "a pointer of Git LFS", "Fetch the image itself: git lfs pull."),
    HEIF("....ftyp(heic|heix|hevc|mif1|msf1|avif|avis)", "HEIC or AVIF", "Save it as PNG or TIFF."),
    JPEG_XL("\u00ff\n|\0\0\0\fJXL ", "JPEG XL", "Save it as PNG or TIFF."),
    PDF("%PDF", "a PDF", "Export its images as PNG or TIFF."),
    HDF5("\u0089HDF", "HDF5", "Save the image in it as TIFF or OME-Zarr."),
    NUMPY("\u0093NUMPY", "an array of NumPy", "Save it as TIFF, for example with tifffile."),
    ZIP("PK\u0003\u0004", "a zip file", "Unpack it first.");

    private final Pattern beginning;
    private final String name;
    private final String wayOut;

    OtherKinds(String beginning, String name, String wayOut) {
        this.beginning = Pattern.compile(beginning, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        this.name = name;
        this.wayOut = wayOut;
    }

    /**
     * Refuses a file by the name of its kind.
     *
     * @param beginning its first bytes
     * @throws UnsupportedImageException if it is of one of these kinds
     */
    static void refuse(Path file, byte... beginning) throws UnsupportedImageException {
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        for (OtherKinds kind : values()) {
            if (kind.beginning.matcher(text).lookingAt()) {
                throw new UnsupportedImageException(
                        file, "this is " + kind.name + ", which is not an image that can be read", kind.wayOut);
            }
        }
    }
}
