package io.github.transfuse.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/**
 * What the lookup table (LUT) of an image of ImageJ means. That of a picture of few colours, such as a GIF, is its
 * content; that of a fluorescence channel in false colours is only how it is shown.
 *
 * @param title of the image
 * @param use what the table means
 * @param table red, green and blue by value, of 8 bits
 */
public record LookupTables(String title, Use use, byte[]... table) {
    private static final String SAVED_BY_IMAGEJ = "ImageJ=";

    private static final int BYTE = 8;
    private static final int SHORT = 16;
    private static final int MAX_SHORT = 0xffff;

    /** Colours of neighbouring values that differ by more do not follow each other. */
    private static final int JUMP = 32;

    /** Tables for display have few jumps, such as marks for what is too dark or too bright. */
    private static final int MAX_JUMPS = 8;

    /** Tables for display have many colours; those of a picture of so many are not in order. */
    private static final int MANY = 64;

    /** What a table means. */
    private enum Use {
        /** The values as they are, and nothing to say. */
        PLAIN,
        /** The values as they are, although they are seen in other colours. */
        DISPLAY,
        /** The values as they are, although they are seen inverted. */
        INVERTED_DISPLAY,
        /** The inverted values. */
        INVERTED,
        /** Colours. */
        COLORS,
        /** It may be either. */
        UNSURE
    }

    /**
     * The meaning of the table that an image has now.
     *
     * @param image of any kind
     * @param fromFile whether it was just opened from a file, so that nobody has chosen another table
     */
    public static LookupTables of(ImagePlus image, boolean fromFile) {
        ImageProcessor plane = image.getProcessor();
        boolean thresholded = plane != null && plane.getMinThreshold() != ImageProcessor.NO_THRESHOLD;
        if (image.getNChannels() > 1 || plane == null || thresholded) {
            return new LookupTables(image.getTitle(), Use.PLAIN);
        }
        if (image.getBitDepth() != BYTE) {
            return new LookupTables(image.getTitle(), useOfDeep(image));
        }
        LUT lut = plane.getLut();
        byte[][] colors = new byte[3][lut.getMapSize()];
        lut.getReds(colors[0]);
        lut.getGreens(colors[1]);
        lut.getBlues(colors[2]);
        return new LookupTables(image.getTitle(), use(new TiffTable(colors), image, fromFile), colors);
    }

    /** Colours of 16 bits and more are only shown; but a file of 16 bits may say that zero is white. */
    private static Use useOfDeep(ImagePlus image) {
        if (image.getBitDepth() != SHORT || !image.isInvertedLut()) {
            return Use.PLAIN;
        }
        FileInfo info = image.getOriginalFileInfo();
        boolean whiteIsZero = info != null && info.whiteIsZero && !isSaved(info);
        return whiteIsZero && !image.getCalibration().calibrated() ? Use.INVERTED : Use.INVERTED_DISPLAY;
    }

    private static boolean isSaved(FileInfo info) {
        return info != null && info.description != null && info.description.startsWith(SAVED_BY_IMAGEJ);
    }

    private static Use use(TiffTable table, ImagePlus image, boolean fromFile) {
        FileInfo info = image.getOriginalFileInfo();
        boolean saved = isSaved(info);
        boolean ofFile = fromFile && !saved;
        if (table.isRising() || table.isRamp()) {
            return Use.PLAIN;
        }
        if (table.isGrey()) {
            boolean whiteIsZero = info != null && info.whiteIsZero && !saved;
            return ofFile || whiteIsZero ? Use.INVERTED : Use.INVERTED_DISPLAY;
        }
        int jumps = jumps(table.bytes());
        boolean many = distinct(table.bytes()) > MANY;
        if (ofFile || (many && jumps > MANY)) {
            return Use.COLORS;
        }
        return saved || (many && jumps <= MAX_JUMPS) ? Use.DISPLAY : Use.UNSURE;
    }

    private static int jumps(byte[]... table) {
        int jumps = 0;
        for (int i = 1; i < table[0].length; i++) {
            int step = 0;
            for (byte[] color : table) {
                step = Math.max(step, Math.abs((color[i] & 0xff) - (color[i - 1] & 0xff)));
            }
            jumps += step > JUMP ? 1 : 0;
        }
        return jumps;
    }

    private static int distinct(byte[]... table) {
        Set<Integer> colors = new HashSet<>();
        for (int i = 0; i < table[0].length; i++) {
            colors.add(argb(table, i));
        }
        return colors.size();
    }

    private static int argb(byte[][] table, int i) {
        return 0xff000000 | (table[0][i] & 0xff) << 16 | (table[1][i] & 0xff) << 8 | (table[2][i] & 0xff);
    }

    /** Whether the values are taken as they are stored. */
    public boolean isStored() {
        return use != Use.COLORS && use != Use.INVERTED;
    }

    /** Whether it gives red, green and blue. */
    public boolean isColors() {
        return use == Use.COLORS;
    }

    /** What was decided, in a sentence; empty where nothing is to be said. */
    public Optional<String> note() {
        return switch (use) {
            case PLAIN, UNSURE -> Optional.empty();
            case DISPLAY ->
                Optional.of("The lookup table (LUT) of '" + title + "' is taken for display only: the stored values are"
                        + " used. If its colours are its content, choose Image > Type > RGB Color first.");
            case INVERTED_DISPLAY ->
                Optional.of("The lookup table (LUT) of '" + title + "' shows it inverted: the stored values are used."
                        + " To use what is seen, choose Edit > Invert and Image > Lookup Tables > Invert LUT first.");
            case INVERTED ->
                Optional.of("The file of '" + title + "' says that it is shown inverted: what is seen is used.");
            case COLORS ->
                Optional.of("The colours of '" + title + "' are in a table: they are used, as Image > Type > RGB Color"
                        + " gives them.");
        };
    }

    /**
     * The pixels of the image, or of a part of it, with this meaning; with the note.
     *
     * @throws UnsupportedImageException if it is not sure what its table means
     */
    public CalibratedImage read(ImagePlus image) throws UnsupportedImageException {
        if (use == Use.UNSURE) {
            throw new UnsupportedImageException(
                    title,
                    "its lookup table (LUT) has colours that may be its content, or for display only",
                    "Choose Image > Type > RGB Color to use its colours,"
                            + " or Image > Lookup Tables > Grays to use the stored values.");
        }
        CalibratedImage read = isColors() ? ImagePlusImages.wrap(image, Optional.of(colors())) : inverted(image);
        return note().map(read::withNote).orElse(read);
    }

    private int[] colors() {
        int[] colors = new int[table[0].length];
        Arrays.setAll(colors, i -> argb(table, i));
        return colors;
    }

    private CalibratedImage inverted(ImagePlus image) {
        CalibratedImage stored = ImagePlusImages.wrap(image);
        if (use != Use.INVERTED) {
            return stored;
        }
        return image.getBitDepth() == SHORT ? invertedShorts(stored) : invertedBytes(stored);
    }

    @SuppressWarnings("unchecked")
    private static CalibratedImage invertedShorts(CalibratedImage stored) {
        RandomAccessibleInterval<UnsignedShortType> values =
                (RandomAccessibleInterval<UnsignedShortType>) stored.pixels();
        return stored.withPixels(
                Converters.convert(values, (from, to) -> to.set(MAX_SHORT - from.get()), new UnsignedShortType()));
    }

    @SuppressWarnings("unchecked")
    private CalibratedImage invertedBytes(CalibratedImage stored) {
        RandomAccessibleInterval<UnsignedByteType> values =
                (RandomAccessibleInterval<UnsignedByteType>) stored.pixels();
        return stored.withPixels(
                Converters.convert(values, (from, to) -> to.set(table[0][from.get()] & 0xff), new UnsignedByteType()));
    }

    /** Colours in a table, as ARGB. */
    static RandomAccessibleInterval<UnsignedByteType> channels(
            RandomAccessibleInterval<UnsignedByteType> values, int... colors) {
        RandomAccessibleInterval<ARGBType> shown =
                Converters.convert(values, (from, to) -> to.set(colors[from.get()]), new ARGBType());
        return Converters.argbChannels(shown, 1, 2, 3);
    }
}
