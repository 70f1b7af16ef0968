package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomFile;
import io.github.transfuse.zarr.ZarrGroup;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.imageio.IIOException;

/**
 * Reads image files: TIFF and BigTIFF (strips and tiles of 1 to 64 bits, stacks, ImageJ's hyperstacks, OME-TIFF in one
 * file), PNG, JPEG, GIF (first frame), BMP, WebP, PNM and TGA; and volumes: NIfTI, NRRD, MHA, MGH, DICOM files, folders with the
 * slices of a DICOM series, and folders of OME-Zarr. Kinds are told by contents, not by names. No window is ever opened.
 */
public final class ImageFiles {
    private static final int MAX_SIGNATURE = 132;
    private static final String VOXELS = "(?is).*\\.img(\\.gz)?";
    private static final List<String> PLAIN = List.of(
            "tif", "tiff", "png", "jpg", "jpeg", "gif", "bmp", "webp", "tga", "pbm", "pgm", "ppm", "pnm", "pam", "jp2",
            "j2k");
    private static final List<String> VOLUMES =
            List.of("nii", "nii.gz", "nrrd", "nrrd.gz", "nhdr", "mha", "mhd", "mgh", "mgz", "dcm", "dicom", "ima");

    private static final List<String> SLICES = List.of("dcm", "dicom", "ima");

    private ImageFiles() {}

    /** Endings of names of files that {@link #read} may be able to read, in lower case without a dot. */
    public static List<String> extensions() {
        Stream<String> added = BioFormats.isThere() ? BioFormats.EXTENSIONS.stream() : Stream.empty();
        return Stream.of(PLAIN.stream(), VOLUMES.stream(), added)
                .flatMap(each -> each)
                .toList();
    }

    /** Whether a file, by its name, or a folder is a volume of a medical format, which ImageJ itself may not know. */
    public static boolean isVolume(Path path) throws IOException {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean file = Files.isRegularFile(path) && VOLUMES.stream().anyMatch(end -> name.endsWith("." + end));
        return file || isSeries(path);
    }

    /**
     * Whether {@link #read} takes a folder as one image: it is an OME-Zarr image, or holds DICOM files and no other
     * images.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static boolean isSeries(Path folder) throws IOException {
        return ZarrGroup.is(folder) || isDicomFolder(folder);
    }

    /**
     * Whether a folder holds DICOM files and no other images.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static boolean isDicomFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || DicomSeries.files(folder).isEmpty()) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT))
                    .noneMatch(name ->
                            extensions().stream().anyMatch(end -> !SLICES.contains(end) && name.endsWith("." + end)));
        }
    }

    /**
     * Reads an image as it looks: colour tables are looked up, 1-bit pictures are 0 and 255, photographs are upright.
     *
     * @param file an image file
     * @return the image with its calibration, checked to have pixels that are all finite
     * @throws UnsupportedImageException if there is no such image, or not a whole one; the message names the file, what
     *     is wrong and what to do
     * @throws IOException if reading fails
     */
    public static CalibratedImage read(Path file) throws IOException {
        return read(file, false);
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
        return read(file, true);
    }

    /** Whatever a reader trips over in a damaged file is told in one way. */
    private static CalibratedImage read(Path file, boolean labels) throws IOException {
        try {
            return PixelChecks.requireUsable(MissingValues.filled(decode(file, labels), labels));
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (EOFException | ZipException | IIOException | IllegalArgumentException e) {
            throw damaged(file, e);
        } catch (ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | NullPointerException
                | BufferUnderflowException e) {
            throw damaged(file, e);
        }
    }

    private static CalibratedImage decode(Path file, boolean labels) throws IOException {
        if (ZarrGroup.is(file)) {
            return OmeZarr.read(file, labels);
        }
        if (Files.isDirectory(file)) {
            return DicomSeries.readFolder(file, labels);
        }
        return switch (kind(file)) {
            case TIFF -> TiffReader.read(file, labels);
            case NIFTI -> NiftiReader.read(header(file), false, labels);
            case PACKED -> PackedVolumes.read(header(file), labels);
            case META -> MetaReader.read(file);
            case MGH -> MghReader.read(file, false);
            case NRRD -> NrrdReader.read(file, false);
            case DICOM, BARE_DICOM -> DicomSeries.readFile(file, labels);
            case PNG -> PictureReader.png(file, labels);
            case JPEG -> PictureReader.jpeg(file);
            case GIF -> PictureReader.gif(file, labels);
            case BMP -> PictureReader.bmp(file, labels);
            case WEBP -> PictureReader.webp(file, labels);
            case PNM -> PnmReader.read(file, labels);
            case TGA -> TgaReader.read(file, labels);
            case JPEG_2000 -> Jpeg2000.read(file);
            case OTHER -> BioFormats.read(file);
        };
    }

    static UnsupportedImageException damaged(Path file, Exception cause) {
        return new UnsupportedImageException(
                file, "the file is truncated or damaged (" + reason(cause) + ")", "Copy or export it again.", cause);
    }

    /** What went wrong, in one line; programs' own words say nothing to users. */
    static String reason(Exception cause) {
        String message = cause instanceof EOFException ? "it ends too early" : cause.getMessage();
        boolean words = message != null && cause instanceof IOException;
        String line = words ? message.replaceAll("\\s+", " ").strip() : "its contents contradict each other";
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
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
        // Before TIFF: the preamble of a DICOM file may look like one
        DICOM("[0-9a-f]{256}4449434d"),
        TIFF("49492a00|4d4d002a|49492b00|4d4d002b"),
        PNG("89504e470d0a1a0a"),
        JPEG("ffd8ff"),
        GIF("474946383[79]61"),
        BMP("424d"),
        WEBP("52494646........57454250"),
        PNM("503[1-7](09|0a|0d|20|23)"),
        NIFTI("5c010000|0000015c|1c020000|0000021c"),
        PACKED("1f8b"),
        NRRD("4e525244303030"),
        META("4f626a65637454797065[20093d]|4e44696d73[20093d]"),
        MGH("000000010000....0000....0000...."),
        JPEG_2000("0000000c6a5020200d0a870a|ff4fff51"),
        /** By the name. */
        TGA(""),
        /** Files without a preamble begin with little that is their own. */
        BARE_DICOM(""),
        /** What is left to a reader that the user adds. */
        OTHER("");

        private final String signature;

        Kind(String signature) {
            this.signature = signature;
        }

        boolean is(Path file, String hex) {
            return switch (this) {
                case BARE_DICOM -> DicomFile.isBare(HexFormat.of().parseHex(hex));
                case TGA -> TgaReader.is(file, hex);
                default -> hex.matches("(" + signature + ").*");
            };
        }
    }

    private static Kind kind(Path file) throws IOException {
        requireContents(file);
        String hex = HexFormat.of().formatHex(beginning(header(file)));
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.is(file, hex))
                .findFirst()
                .orElseThrow();
        if (kind == Kind.OTHER && !BioFormats.isThere()) {
            OtherKinds.refuse(file, HexFormat.of().parseHex(hex));
            requireHeader(file);
            throw new UnsupportedImageException(
                    file,
                    "this is not an image of a known kind",
                    "Give a TIFF, PNG, JPEG, GIF, BMP, WebP, PNM, TGA, NIfTI, NRRD, MHA, MGH or DICOM file, or a folder of OME-Zarr. "
                            + BioFormats.wayIn());
        }
        if (kind == Kind.PACKED) {
            PackedVolumes.require(header(file));
        }
        return kind;
    }

    /** The header of a volume whose voxels are in a file of their own, which may be what was given. */
    private static Path header(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches(VOXELS)) {
            return file;
        }
        String stem = name.replaceFirst("(?i)\\.img(\\.gz)?$", "");
        String packed = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? ".gz" : "";
        return Stream.of(".hdr", ".HDR")
                .map(ending -> file.resolveSibling(stem + ending + packed))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(file);
    }

    /** Voxels without their header are of no kind. */
    private static void requireHeader(Path file) throws UnsupportedImageException {
        String name = file.getFileName().toString();
        if (name.matches(VOXELS)) {
            throw new UnsupportedImageException(
                    file,
                    "these are the voxels of a volume whose header is missing",
                    "Put " + name.replaceFirst("(?i)\\.img(?=(\\.gz)?$)", ".hdr") + " beside it.");
        }
    }

    private static void requireContents(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UnsupportedImageException(file, "there is no such file", "Check the path.");
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
            return in.readNBytes(MAX_SIGNATURE);
        }
    }
}
