package io.github.transfuse.image;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns the stored numbers of a page into what a viewer shows: grey, or red, green and blue. Channels that are no colours
 * stay as they are.
 */
final class TiffColors {
    private static final int BYTE = 255;
    private static final int SHORT = 65_535;

    /** Planes of one page: arrays of bytes, shorts or floats, and whether they are red, green and blue. */
    record Planes(List<Object> planes, boolean rgb) {}

    private final Object file;
    private final TiffPage page;
    private final List<Object> planes;
    private Optional<String> note = Optional.empty();

    TiffColors(Object file, TiffPage page, Object... planes) {
        this.file = file;
        this.page = page;
        this.planes = Arrays.asList(planes);
    }

    /**
     * As the picture looks; few bits are spread over 0..255, those of colours over 0..65535; what is transparent shows
     * white.
     */
    Planes image() throws IOException {
        Planes seen = colors(false);
        int bits = page.bits();
        boolean few = bits < Byte.SIZE || (bits > Byte.SIZE && bits < Short.SIZE && seen.rgb);
        if (few && page.photometric() != TiffPage.PALETTE) {
            long most = bits < Byte.SIZE ? BYTE : SHORT;
            long max = (1L << bits) - 1;
            for (Object plane : seen.planes) {
                for (int i = 0; i < length(plane); i++) {
                    put(plane, i, (get(plane, i) * most + max / 2) / max);
                }
            }
        }
        return seen;
    }

    /** As {@link #image}, but indices of colour tables and few bits stay as they are, and what is transparent is 0. */
    Planes labels() throws IOException {
        if (isTruth(page)) {
            return flat(planes, 1, true);
        }
        if (page.photometric() != TiffPage.PALETTE) {
            return colors(true);
        }
        TiffTable.requireAlone(page);
        return new Planes(planes, false);
    }

    /**
     * Whether a page is true and false as Python's tifffile writes them, and imageio with it: true is 1, and read as 1 again,
     * but white is said to be 0.
     */
    private static boolean isTruth(TiffPage page) throws IOException {
        return page.photometric() == TiffPage.WHITE_IS_ZERO
                && page.bits() == 1
                && page.directory().text(TiffDirectory.SOFTWARE).startsWith("tifffile");
    }

    /** What to tell of labels whose file says that white is 0; empty if it does not. */
    static Optional<String> aboutWhite(TiffPage page) throws IOException {
        if (page.photometric() != TiffPage.WHITE_IS_ZERO) {
            return Optional.empty();
        }
        return Optional.of(
                isTruth(page)
                        ? "Labels of 1 bit that Python's tifffile wrote are true where they are 1, though such files say"
                                + " that white is 0."
                        : "Labels whose files say that white is 0 are read as they are shown: black is 0.");
    }

    /** What was decided about samples whose meaning is not sure, once the colours were asked for. */
    Optional<String> note() {
        return note;
    }

    private Planes colors(boolean labels) throws IOException {
        return switch (page.photometric()) {
            case TiffPage.WHITE_IS_ZERO -> flat(inverted(), 1, labels);
            case TiffPage.BLACK_IS_ZERO -> flat(planes, 1, labels);
            case TiffPage.RGB -> flat(planes, 3, labels);
            case TiffPage.YCBCR -> {
                requireBytes(3);
                yield flat(TiffYcbcr.toRgb(page, planes), 3, labels);
            }
            case TiffPage.CMYK -> cmyk();
            case TiffPage.PALETTE -> palette();
            default -> throw TiffPage.kind(file, "colours of kind " + page.photometric());
        };
    }

    private List<Object> inverted() throws IOException {
        if (page.format() != TiffPage.Format.UNSIGNED || TiffPlanes.isFloats(page)) {
            throw TiffPage.kind(file, "white is zero, in numbers that have no largest");
        }
        int max = (1 << page.bits()) - 1;
        for (Object plane : planes.subList(0, 1)) {
            for (int i = 0; i < length(plane); i++) {
                put(plane, i, max - get(plane, i));
            }
        }
        return planes;
    }

    /** Samples beyond the colours that are transparency are used up; others are channels. */
    private Planes flat(List<Object> values, int colors, boolean labels) throws IOException {
        if (values.size() < colors) {
            throw new IOException("a colour picture of " + values.size() + " samples");
        }
        boolean whole = page.format() == TiffPage.Format.UNSIGNED && !TiffPlanes.isFloats(page);
        List<Object> seen = values;
        if (whole && values.size() == colors + 1) {
            Opacity opacity = new Opacity(values.get(colors), (1L << page.bits()) - 1);
            List<Integer> extras = page.extras();
            int kind = extras.isEmpty() ? 0 : extras.get(0);
            List<Object> shown = values.subList(0, colors);
            if (kind == 1 || kind == 2) {
                seen = labels ? opacity.labels(shown) : opacity.onWhite(shown, kind == 1);
                note = opacity.isNone() ? Optional.of("its opacity, which is 0 everywhere, is left out") : note;
            } else if (colors == 3 && opacity.isFull()) {
                seen = shown;
                note = Optional.of("its fourth sample, which is full everywhere, is taken for the opacity");
            }
        }
        return new Planes(seen, whole && colors == 3 && seen.size() == 3);
    }

    private Planes cmyk() throws IOException {
        if (page.samples() != 4 || page.directory().number(TiffDirectory.INKS, 1) != 1) {
            throw TiffPage.kind(file, "inks that are not cyan, magenta, yellow and black");
        }
        if (page.format() != TiffPage.Format.UNSIGNED || (page.bits() != 8 && page.bits() != 16)) {
            throw TiffPage.kind(file, "inks of " + page.bits() + " bits");
        }
        long max = (1L << page.bits()) - 1;
        for (Object plane : planes.subList(0, 3)) {
            for (int i = 0; i < length(plane); i++) {
                put(plane, i, ((max - get(plane, i)) * (max - get(planes.get(3), i)) + max / 2) / max);
            }
        }
        return new Planes(planes.subList(0, 3), true);
    }

    private void requireBytes(int samples) throws UnsupportedImageException {
        boolean right = page.format() == TiffPage.Format.UNSIGNED && page.bits() == 8 && page.samples() == samples;
        if (!right) {
            throw TiffPage.kind(file, page.samples() + " samples of " + page.bits() + " bits as brightness and colour");
        }
    }

    private Planes palette() throws IOException {
        TiffTable table = TiffTable.of(page);
        byte[][] colors = table.bytes();
        Object indices = planes.get(0);
        List<Object> shown = List.of(look(indices, colors[0]), look(indices, colors[1]), look(indices, colors[2]));
        return table.isGrey() ? new Planes(shown.subList(0, 1), false) : new Planes(shown, true);
    }

    private static byte[] look(Object indices, byte[] table) {
        byte[] shown = new byte[length(indices)];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = table[(int) get(indices, i)];
        }
        return shown;
    }

    static int length(Object plane) {
        return Array.getLength(plane);
    }

    static long get(Object plane, int i) {
        return plane instanceof byte[] bytes ? bytes[i] & BYTE : ((short[]) plane)[i] & 0xffff;
    }

    static void put(Object plane, int i, long value) {
        if (plane instanceof byte[] bytes) {
            bytes[i] = (byte) value;
        } else {
            ((short[]) plane)[i] = (short) value;
        }
    }
}
