package io.github.transfuse.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a page of a TIFF file is made of, checked: its strips or tiles are all there and can hold its pixels.
 *
 * @param directory where all else stands
 * @param size width and height
 * @param samples of a pixel
 * @param bits of a sample
 * @param format of a sample
 * @param planar whether the samples of a pixel are in planes of their own
 * @param grid size of a strip or tile, and how many are beside and below each other
 * @param places where strips or tiles begin
 * @param lengths how many bytes they have
 */
record TiffPage(
        TiffDirectory directory,
        Size size,
        int samples,
        int bits,
        Format format,
        boolean planar,
        Grid grid,
        long[] places,
        long[] lengths) {
    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int MASK = 4;
    static final int CMYK = 5;
    static final int YCBCR = 6;

    /** Pixels that a byte of JPEG can stand for at most. */
    static final int JPEG_EXPANSION = 2000;

    private static final int MAX_SAMPLES = 4096;
    private static final int MAX_TOLD = 8;

    /** What is asked for without a word once the page was found to be whole. */
    private static final List<Integer> QUIET = List.of(
            TiffDirectory.COMPRESSION,
            TiffDirectory.PHOTOMETRIC,
            TiffDirectory.PREDICTOR,
            TiffDirectory.ORIENTATION,
            TiffDirectory.KIND);

    /** Pixels of a tile that may be larger than the picture. */
    private static final long TILE = 1 << 22;

    /** Kinds of numbers. */
    enum Format {
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    /** What is whole, but of a kind that is not read; the message names the kind. */
    static final class KindException extends IOException {
        private static final long serialVersionUID = 1L;

        KindException(String kind) {
            super(kind);
        }
    }

    /** Pixels beside and below each other. */
    record Size(int width, int height) {}

    /** Strips or tiles of {@code width x height} pixels, {@code across x down} of them for each plane. */
    record Grid(boolean tiled, int width, int height, int across, int down) {}

    /**
     * Looks at a directory.
     *
     * @param file for messages
     * @throws UnsupportedImageException if the page is of a kind that is not read
     * @throws IOException if it is damaged; the message does not name the file
     */
    static TiffPage of(Object file, TiffDirectory directory) throws IOException {
        long width = directory.number(TiffDirectory.WIDTH, 0);
        long height = directory.number(TiffDirectory.HEIGHT, 0);
        PlaneLimit.check(file, width, height);
        long samples = directory.number(TiffDirectory.SAMPLES, 1);
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw new IOException("it has " + samples + " samples for each pixel");
        }
        if (directory.number(TiffDirectory.DEPTH, 1) > 1) {
            throw kind(file, "a volume in one page");
        }
        long bits = same(file, directory, TiffDirectory.BITS, 1);
        Format format = format(file, same(file, directory, TiffDirectory.SAMPLE_FORMAT, 1));
        boolean planar = samples > 1 && directory.number(TiffDirectory.PLANAR, 1) == 2;
        if (!isRead(format, bits)) {
            throw kind(file, format.name().toLowerCase(Locale.ROOT) + " numbers of " + bits + " bits");
        }
        for (int tag : QUIET) {
            directory.number(tag, 0);
        }
        Size size = new Size((int) width, (int) height);
        Grid grid = grid(directory, size);
        boolean tiled = grid.tiled;
        long[] places = directory.numbers(tiled ? TiffDirectory.TILES : TiffDirectory.STRIPS);
        long[] lengths = directory.numbers(tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES);
        TiffPage page = new TiffPage(directory, size, (int) samples, (int) bits, format, planar, grid, places, lengths);
        page.check();
        return page;
    }

    private static boolean isRead(Format format, long bits) {
        return switch (format) {
            // Programs disagree about the order of bytes in numbers of 17 to 31 bits
            case UNSIGNED -> (bits >= 1 && bits <= 16) || bits == 32 || bits == 64;
            case SIGNED -> bits == 8 || bits == 16 || bits == 32 || bits == 64;
            case FLOAT -> bits == 16 || bits == 32 || bits == 64;
        };
    }

    static UnsupportedImageException kind(Object file, String what) {
        return new UnsupportedImageException(
                file,
                "this is a TIFF of a kind that is not read (" + what + ")",
                "Open it in Fiji and save it as TIFF, or segment it with TransFuse in QuPath.");
    }

    private static long same(Object file, TiffDirectory directory, int tag, int otherwise) throws IOException {
        long[] numbers = directory.numbers(tag);
        long[] distinct = Arrays.stream(numbers).distinct().limit(MAX_TOLD).toArray();
        if (distinct.length > 1) {
            throw kind(file, "samples that differ: " + Arrays.toString(distinct));
        }
        return numbers.length == 0 ? otherwise : numbers[0];
    }

    private static Format format(Object file, long code) throws UnsupportedImageException {
        return switch ((int) code) {
            case 1, 4 -> Format.UNSIGNED;
            case 2 -> Format.SIGNED;
            case 3 -> Format.FLOAT;
            default -> throw kind(file, "sample format " + code);
        };
    }

    private static Grid grid(TiffDirectory directory, Size size) throws IOException {
        boolean tiled = directory.has(TiffDirectory.TILE_WIDTH);
        long width = tiled ? directory.number(TiffDirectory.TILE_WIDTH, 0) : size.width;
        long rows = tiled
                ? directory.number(TiffDirectory.TILE_HEIGHT, 0)
                : Math.min(size.height, directory.number(TiffDirectory.ROWS_PER_STRIP, size.height));
        // Each tile takes room of its own, whatever the picture needs of it
        boolean tooLarge = tiled && (double) width * rows > Math.max(TILE, 4.0 * size.width * size.height);
        if (width < 1 || rows < 1 || width > PlaneLimit.PIXELS || rows > PlaneLimit.PIXELS || tooLarge) {
            throw new IOException("its tiles or strips are " + width + " x " + rows);
        }
        int across = (int) ((size.width + width - 1) / width);
        int down = (int) ((size.height + rows - 1) / rows);
        return new Grid(tiled, (int) width, (int) rows, across, down);
    }

    private void check() throws IOException {
        long blocks = (long) grid.across * grid.down * (planar ? samples : 1);
        boolean counted = lengths.length >= blocks || compression() == TiffCodec.NONE;
        if (places.length < blocks || !counted) {
            throw new IOException("it has " + places.length + " strips or tiles, but its size needs " + blocks);
        }
        for (int i = 0; i < blocks; i++) {
            if (places[i] == 0 && i < lengths.length && lengths[i] == 0) {
                throw new KindException("strips or tiles that are left out");
            }
            if (!directory.bytes().holds(places[i], stored(i))) {
                throw new IOException("a page goes on behind the end of the file");
            }
        }
        if (bytes() > room()) {
            throw new IOException("its pixels need " + bytes() + " bytes, which the file cannot hold");
        }
    }

    /**
     * This page and those behind it, which ImageJ does not list.
     *
     * @param count pages in all
     */
    List<TiffPage> withFollowing(int count) throws IOException {
        List<TiffPage> all = new ArrayList<>(List.of(this));
        boolean plain = compression() == TiffCodec.NONE && blocks() == 1;
        if (count > 1 && !plain) {
            throw new KindException("a stack of which only the first page is listed");
        }
        for (int i = 1; i < count; i++) {
            long place = places[0] + i * stored(0);
            TiffPage page =
                    new TiffPage(directory, size, samples, bits, format, planar, grid, new long[] {place}, lengths);
            page.check();
            all.add(page);
        }
        return all;
    }

    /** Bytes of all pixels, unpacked. */
    long bytes() throws IOException {
        double all = (double) rowBytes(size.width) * size.height * (planar ? samples : 1);
        if (all > 1L << 62) {
            throw new IOException("its size is impossible");
        }
        return (long) all;
    }

    /** Bytes that the stored ones can become at most. */
    long room() {
        long expansion = TiffCodec.expansion(compression());
        long most = expansion > 0 ? expansion : JPEG_EXPANSION * (long) samples;
        long stored = 0;
        for (int i = 0; i < blocks(); i++) {
            stored += stored(i);
        }
        return most * Math.min(stored, directory.bytes().length());
    }

    int blocks() {
        return grid.across * grid.down * (planar ? samples : 1);
    }

    /** Bytes of a row of a strip or tile. */
    long rowBytes(int pixels) {
        return ((long) pixels * (planar ? 1 : samples) * bits + 7) / 8;
    }

    /** Rows of a strip or tile that are in the page; of a tile all. */
    int rows(int block) {
        int row = block / grid.across % grid.down;
        return grid.tiled ? grid.height : Math.min(grid.height, size.height - row * grid.height);
    }

    /** Bytes in the file of a strip or tile. The lengths of uncompressed ones are often wrong. */
    long stored(int block) {
        return compression() == TiffCodec.NONE ? rowBytes(grid.width) * rows(block) : lengths[block];
    }

    int compression() {
        return (int) quiet(TiffDirectory.COMPRESSION, TiffCodec.NONE);
    }

    int photometric() {
        return (int) quiet(TiffDirectory.PHOTOMETRIC, BLACK_IS_ZERO);
    }

    int predictor() {
        return (int) quiet(TiffDirectory.PREDICTOR, 1);
    }

    int orientation() {
        return (int) quiet(TiffDirectory.ORIENTATION, 1);
    }

    /** Kinds of the samples beyond those of the colour: 1 and 2 are transparency. */
    List<Integer> extras() throws IOException {
        return Arrays.stream(directory.numbers(TiffDirectory.EXTRA_SAMPLES))
                .mapToObj(kind -> (int) kind)
                .toList();
    }

    /** A reduced copy of another page, or its transparency, by its own word. */
    boolean isSecondary() {
        return (quiet(TiffDirectory.KIND, 0) & 5) != 0 || photometric() == MASK;
    }

    boolean isLike(TiffPage other) {
        return size.equals(other.size)
                && samples == other.samples
                && bits == other.bits
                && format == other.format
                && photometric() == other.photometric();
    }

    /** A number that was read when the page was made. */
    private long quiet(int tag, int otherwise) {
        try {
            return directory.number(tag, otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
