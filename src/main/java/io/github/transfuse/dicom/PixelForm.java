package io.github.transfuse.dicom;

import java.io.IOException;
import java.util.Locale;

/**
 * How samples are stored.
 *
 * @param columns pixels across, at least 1
 * @param rows pixels down, at least 1
 * @param frames pictures in the file
 * @param samples of a pixel, 1 or more
 * @param allocated bits that a sample takes: 1, 8, 16 or 32; 64 of doubles
 * @param stored bits of them that count
 * @param high number of the highest bit that counts
 * @param signed whether samples can be negative
 * @param planar whether all of one colour come first
 * @param photometric what samples mean, such as {@code MONOCHROME2}
 */
public record PixelForm(
        int columns,
        int rows,
        int frames,
        int samples,
        int allocated,
        int stored,
        int high,
        boolean signed,
        boolean planar,
        String photometric) {

    static PixelForm of(DicomData data, int pixels) throws IOException {
        boolean real = pixels != DicomTag.PIXELS;
        int allocated = real ? (pixels == DicomTag.DOUBLES ? 64 : 32) : data.whole(DicomTag.BITS_ALLOCATED, 0);
        int stored = real ? allocated : data.whole(DicomTag.BITS_STORED, allocated);
        String frames = data.text(DicomTag.FRAMES);
        PixelForm form = new PixelForm(
                data.whole(DicomTag.COLUMNS, 0),
                data.whole(DicomTag.ROWS, 0),
                frames.matches("\\d{1,9}") ? Math.max(1, Integer.parseInt(frames)) : 1,
                data.whole(DicomTag.SAMPLES, 1),
                allocated,
                stored,
                real ? allocated - 1 : data.whole(DicomTag.HIGH_BIT, stored - 1),
                data.whole(DicomTag.SIGNED, 0) == 1,
                data.whole(DicomTag.PLANAR, 0) == 1,
                data.text(DicomTag.PHOTOMETRIC).toUpperCase(Locale.ROOT));
        form.check(real);
        return form;
    }

    private void check(boolean real) throws IOException {
        if (columns < 1 || rows < 1 || samples < 1) {
            throw new IOException("it has " + columns + " x " + rows + " pixels of " + samples + " samples");
        }
        boolean usual = allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32;
        if (!real && !usual) {
            throw new UnknownDicomException("its samples take " + allocated + " bits");
        }
        if (stored < 1 || high >= allocated || high - stored + 1 < 0) {
            throw new IOException("of " + allocated + " bits, " + stored + " up to bit " + high + " are said to count");
        }
        if (samples > 4) {
            throw new UnknownDicomException("its pixels have " + samples + " samples");
        }
    }

    /** Pixels of one frame. */
    public int pixels() {
        return Math.multiplyExact(columns, rows);
    }

    /** Whether of two neighbours only one has its differences of colour. */
    boolean isHalved() {
        return samples == 3 && photometric.endsWith("_422");
    }

    /** Bits of one frame that is not compressed. */
    long frameBits() {
        return (long) columns * rows * (isHalved() ? 2 : samples) * allocated;
    }

    /** The smallest value that can be stored. */
    public long lowest() {
        return signed ? -(1L << (stored - 1)) : 0;
    }

    /** The largest value that can be stored. */
    public long highest() {
        return (1L << (signed ? stored - 1 : stored)) - 1;
    }

    /** The value of a sample by all its bits. */
    public int value(int bits) {
        int shifted = bits >>> (high - stored + 1);
        int unused = Integer.SIZE - stored;
        return signed ? shifted << unused >> unused : shifted << unused >>> unused;
    }
}
