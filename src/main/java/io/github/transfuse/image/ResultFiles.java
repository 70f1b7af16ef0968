package io.github.transfuse.image;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.process.LUT;
import ij.process.ShortProcessor;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WholeFile;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Writes results: TIFF as ImageJ writes it, PNG and JSON. Each file is completed under a temporary name and then moved,
 * so it appears whole or not at all; an existing file is replaced.
 */
public final class ResultFiles {
    /** Beyond this, ImageJ writes stacks that only itself reads. */
    private static final long MAX_TIFF_BYTES = 4_000_000_000L;

    private ResultFiles() {}

    /**
     * Makes sure that results can be written, before any work starts; what processes that died left there is finished or
     * removed.
     *
     * @param folder output folder; created if missing
     * @throws UnwritableOutputException if it is not a folder, or cannot be made or written
     */
    public static void requireWritable(Path folder) throws UnwritableOutputException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new UnwritableOutputException(folder, "it, or a folder above it, is a file", e);
        } catch (IOException e) {
            throw new UnwritableOutputException(folder, UnwrittenFileException.reason(e), e);
        }
        try {
            StagedFiles.sweep(folder);
            StagedFiles.in(folder).close();
        } catch (IOException e) {
            throw new UnwritableOutputException(folder, UnwrittenFileException.reason(e), e);
        }
    }

    /**
     * Writes labels. 8-bit and 16-bit pixels are written as they are, all others as 32-bit floats, which hold labels up
     * to 2^24 exactly; choose the pixel type accordingly.
     *
     * @param file a {@code .tif} file
     * @param labels with the calibration of the image
     * @param colors 0xRRGGBB of the labels 0 to 255; shown for labels beyond by spreading them over the display range
     * @param properties text stored in the image's properties, such as the provenance
     * @throws UnwritableOutputException if the file cannot be written; nothing is left of it then
     * @throws UnsupportedImageException if the labels are more than ImageJ holds
     */
    public static void writeLabels(Path file, CalibratedImage labels, int[] colors, Map<String, String> properties)
            throws IOException {
        ImagePlus imp = ImagePlusImages.toVirtual(labels);
        imp.getProcessor().setLut(lut(colors));
        if (imp.getStackSize() > 1) {
            imp.getStack().setColorModel(lut(colors));
        }
        writeTiff(file, imp, properties);
    }

    /**
     * Writes an image, such as probabilities, with its calibration.
     *
     * @param file a {@code .tif} file
     * @param image 8-bit and 16-bit pixels are written as they are, all others as 32-bit floats
     * @param properties text stored in the image's properties
     * @throws IOException as {@link #writeLabels}
     */
    public static void writeTiff(Path file, CalibratedImage image, Map<String, String> properties) throws IOException {
        writeTiff(file, ImagePlusImages.toVirtual(image), properties);
    }

    /**
     * Writes labels as OME-TIFF.
     *
     * @param file a {@code .ome.tif} file
     * @param labels with the calibration of the image; pixels as in {@link #writeLabels}; no channels
     * @param properties text stored in the image's properties
     * @throws IOException as {@link #writeLabels}
     * @throws UnsupportedImageException also if the labels are larger than a TIFF file can be
     */
    public static void writeOmeTiff(Path file, CalibratedImage labels, Map<String, String> properties)
            throws IOException {
        ImagePlus imp = ImagePlusImages.toVirtual(labels);
        long bytes = (long) imp.getWidth() * imp.getHeight() * imp.getStackSize() * imp.getBytesPerPixel();
        if (bytes > MAX_TIFF_BYTES) {
            throw new UnsupportedImageException(
                    labels.name(),
                    "its labels of " + (bytes >> 20) + " MB are larger than an OME-TIFF file can be",
                    "Use label_format=ome-zarr or tiff.");
        }
        writeTiff(file, imp, properties, Optional.of(OmeXmlText.of(labels, imp.getBitDepth())));
    }

    /**
     * Writes labels as PNG of 8 or 16 bits.
     *
     * @param labels a plane of 8-bit or unsigned 16-bit pixels
     * @throws UnsupportedImageException if it is not
     * @throws UnwritableOutputException if the file cannot be written; nothing is left of it then
     */
    public static void writeLabelPng(Path file, CalibratedImage labels) throws IOException {
        ImagePlus imp = ImagePlusImages.toVirtual(labels);
        if (imp.getStackSize() > 1 || imp.getBitDepth() > Short.SIZE) {
            throw new UnsupportedImageException(
                    labels.name(),
                    "a PNG file cannot hold its labels: they are several planes, or more than 65,535",
                    "Use label_format=tiff.");
        }
        writePng(
                file,
                imp.getBitDepth() == Short.SIZE
                        ? ((ShortProcessor) imp.getProcessor()).get16BitBufferedImage()
                        : grey((byte[]) imp.getProcessor().getPixels(), imp.getWidth(), imp.getHeight()));
    }

    private static BufferedImage grey(byte[] pixels, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, width, height, pixels);
        return picture;
    }

    /** Writes an image of ImageJ, as {@link #writeTiff(Path, CalibratedImage, Map)}. */
    static void writeTiff(Path file, ImagePlus imp, Map<String, String> properties) throws IOException {
        writeTiff(file, imp, properties, Optional.empty());
    }

    private static void writeTiff(
            Path file, ImagePlus imp, Map<String, String> properties, Optional<String> description) throws IOException {
        properties.forEach(imp::setProp);
        FileSaver saver = new FileSaver(imp);
        FileInfo info = imp.getFileInfo();
        info.description = description.orElseGet(saver::getDescriptionString);
        info.info = imp.getInfoProperty();
        info.properties = imp.getPropertiesAsArray();
        sliceLabels(imp.getStack()).ifPresent(labels -> info.sliceLabels = labels);
        if (imp.getStack() instanceof VirtualStack planes) {
            info.virtualStack = planes;
        }
        if (imp.isComposite()) {
            saver.saveDisplayRangesAndLuts(imp, info);
        }
        write(file, out -> new TiffEncoder(info).write(out));
    }

    /** The labels of all slices, where there are any. */
    private static Optional<String[]> sliceLabels(ImageStack stack) {
        String[] labels = new String[stack.getSize()];
        Arrays.setAll(labels, i -> stack.getSliceLabel(i + 1));
        boolean none = Arrays.stream(labels).allMatch(label -> label == null || label.isEmpty());
        return none ? Optional.empty() : Optional.of(labels);
    }

    /**
     * Writes labels of a volume as NIfTI or NRRD, whichever the volume was, to lie where it lies.
     *
     * @param file its name ends as {@link Placement.Format#extension()} says
     * @param labels 8-bit and unsigned 16-bit pixels stay, all others become 32-bit integers
     * @param placement of the volume
     * @throws UnwritableOutputException if the file cannot be written; nothing is left of it then
     */
    public static void writeVolumeLabels(Path file, CalibratedImage labels, Placement placement)
            throws UnwritableOutputException {
        write(file, out -> VolumeWriter.write(labels, placement, true, out));
    }

    /**
     * Writes labels of a scan in DICOM as a segmentation in DICOM, with the references of the scan and its patient.
     *
     * @param names of labels, from 1
     * @throws UnsupportedImageException if {@link #holdsSegments} says no, there are no labels, or too many
     * @throws IOException if the files of the scan cannot be read again, or as {@link #writeVolumeLabels}
     */
    public static void writeSegments(Path file, CalibratedImage labels, Placement placement, IntFunction<String> names)
            throws IOException {
        byte[] bytes = DicomSegments.file(labels, placement, names);
        write(file, out -> out.write(bytes));
    }

    /** Whether labels of an image can be a segmentation in DICOM: it is one volume or slice that was read from DICOM. */
    public static boolean holdsSegments(CalibratedImage image) {
        boolean dicom = image.placement()
                .filter(placement -> placement.format() == Placement.Format.DICOM && placement.header().length > 0)
                .isPresent();
        return dicom && image.size(Axis.Kind.TIME) == 1;
    }

    /**
     * Writes an image such as the probabilities of a volume, as 32-bit floats, to lie where the volume lies.
     *
     * @throws UnwritableOutputException as {@link #writeVolumeLabels}
     */
    public static void writeVolume(Path file, CalibratedImage image, Placement placement)
            throws UnwritableOutputException {
        write(file, out -> VolumeWriter.write(image, placement, false, out));
    }

    /** Writes a picture, such as an overlay for the eye. */
    public static void writePng(Path file, RenderedImage picture) throws UnwritableOutputException {
        write(file, out -> Pictures.writePng(picture, out));
    }

    /** Writes text; a file that is already there is replaced at the end. */
    public static void writeText(Path file, String text) throws UnwritableOutputException {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw UnwritableOutputException.of(file, e);
        }
    }

    /** Writes JSON, such as the provenance of a result, in UTF-8 and indented. */
    public static void writeJson(Path file, JsonObject json) throws UnwritableOutputException {
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(json);
        writeText(file, text + "\n");
    }

    /**
     * A path beside an image's: {@code <stem>-labels.tif} and the like.
     *
     * @param folder output folder
     * @param name file name or title of the image
     * @param suffix what follows the name without its extension, such as {@code -labels.tif}
     */
    public static Path beside(Path folder, String name, String suffix) {
        return folder.resolve(stem(name) + suffix);
    }

    /** A file name or title without its extension; double ones of compressed files count as one. */
    public static String stem(String name) {
        String shown = name.replaceAll("[/\\\\:*?\"<>|]", "_");
        for (String extension : List.of(".nii.gz", ".nrrd.gz", ".seg.nrrd", ".ome.tif", ".ome.tiff", ".ome.zarr")) {
            if (shown.toLowerCase(Locale.ROOT).endsWith(extension)) {
                return shown.substring(0, shown.length() - extension.length());
            }
        }
        int dot = shown.lastIndexOf('.');
        return dot > 0 ? shown.substring(0, dot) : shown;
    }

    /** Writes or replaces a file of any content. */
    public static void write(Path file, WholeFile.Content content) throws UnwritableOutputException {
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw UnwritableOutputException.of(file, e);
        }
    }

    private static LUT lut(int[] colors) {
        byte[][] channels = new byte[3][256];
        for (int i = 0; i < 256; i++) {
            int color = i < colors.length ? colors[i] : 0;
            for (int c = 0; c < 3; c++) {
                channels[c][i] = (byte) (color >> (16 - 8 * c));
            }
        }
        return new LUT(channels[0], channels[1], channels[2]);
    }
}
