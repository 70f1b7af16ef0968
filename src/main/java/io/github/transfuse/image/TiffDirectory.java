package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A directory of a TIFF or BigTIFF file: numbers and texts by their tags. Values are read when they are asked for. All
 * methods that read throw an {@link IOException} that says what is wrong, without the name of the file.
 */
final class TiffDirectory {
    static final int KIND = 254;
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int DESCRIPTION = 270;
    static final int STRIPS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int X_RESOLUTION = 282;
    static final int Y_RESOLUTION = 283;
    static final int PLANAR = 284;
    static final int RESOLUTION_UNIT = 296;
    static final int SOFTWARE = 305;
    static final int PREDICTOR = 317;
    static final int COLORS = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILES = 324;
    static final int TILE_BYTES = 325;
    static final int INKS = 332;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;
    static final int LUMA = 529;
    static final int SUBSAMPLING = 530;
    static final int BLACK_WHITE = 532;
    static final int DEPTH = 32997;

    /** Bytes of a value by its type; 0 where there is no such type. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    /** In memory, each with a plane of an image. */
    private static final long PAGE_BYTES = 1 << 13;

    private static final long FEW_PAGES = 1000;
    private static final int BIG = 43;
    private static final int RATIONAL = 5;
    private static final int SIGNED_RATIONAL = 10;
    private static final int FLOAT = 11;
    private static final int DOUBLE = 12;

    /** A value: where its bytes are. */
    private record Entry(int type, long count, long at) {
        long bytes() throws IOException {
            long size = type < SIZES.length ? SIZES[type] : 0;
            if (size == 0 || count < 0 || count > Long.MAX_VALUE / size) {
                throw new IOException("a value of type " + type + " in its directory");
            }
            return size * count;
        }
    }

    private final TiffBytes bytes;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private TiffDirectory(TiffBytes bytes) {
        this.bytes = bytes;
    }

    /** All directories of the chain, at least one. */
    static List<TiffDirectory> all(TiffBytes bytes) throws IOException {
        ByteBuffer header = bytes.directory(0, 8);
        bytes.order(header.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean big = header.order(bytes.order()).getShort(2) == BIG;
        long next = big
                ? bytes.directory(8, Long.BYTES).getLong(0)
                : Integer.toUnsignedLong(header.order(bytes.order()).getInt(4));
        List<TiffDirectory> all = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long most = Math.max(FEW_PAGES, FreeHeap.bytes() / PAGE_BYTES);
        while (next != 0) {
            if (all.size() == most) {
                throw new TiffPage.KindException("more than " + most + " pages, which the memory does not hold");
            }
            if (!seen.add(next)) {
                throw new IOException("its pages lead to each other without end");
            }
            TiffDirectory directory = new TiffDirectory(bytes);
            next = big ? directory.readBig(next) : directory.read(next);
            all.add(directory);
        }
        if (all.isEmpty()) {
            throw new IOException("it has no page");
        }
        return all;
    }

    private long read(long at) throws IOException {
        int count = Short.toUnsignedInt(bytes.directory(at, Short.BYTES).getShort(0));
        ByteBuffer table = bytes.directory(at + Short.BYTES, 12L * count);
        for (int i = 0; i < count; i++) {
            int from = 12 * i;
            int type = Short.toUnsignedInt(table.getShort(from + 2));
            long number = Integer.toUnsignedLong(table.getInt(from + 4));
            boolean inside = type >= SIZES.length || SIZES[type] * number <= Integer.BYTES;
            long place = inside ? at + 2 + from + 8 : Integer.toUnsignedLong(table.getInt(from + 8));
            entries.putIfAbsent(Short.toUnsignedInt(table.getShort(from)), new Entry(type, number, place));
        }
        long end = at + Short.BYTES + 12L * count;
        // Some programs leave out the link of the last page
        return bytes.holds(end, Integer.BYTES)
                ? Integer.toUnsignedLong(bytes.directory(end, 4).getInt(0))
                : 0;
    }

    private long readBig(long at) throws IOException {
        long count = bytes.directory(at, Long.BYTES).getLong(0);
        if (count < 0 || count > 0xffff) {
            throw new IOException("a directory of " + Long.toUnsignedString(count) + " values");
        }
        ByteBuffer table = bytes.directory(at + Long.BYTES, 20L * count);
        for (int i = 0; i < count; i++) {
            int from = 20 * i;
            int type = Short.toUnsignedInt(table.getShort(from + 2));
            long number = table.getLong(from + 4);
            boolean inside = type >= SIZES.length || (number <= 8 && SIZES[type] * number <= Long.BYTES);
            long place = inside ? at + 8 + from + 12 : table.getLong(from + 12);
            entries.putIfAbsent(Short.toUnsignedInt(table.getShort(from)), new Entry(type, number, place));
        }
        return bytes.directory(at + Long.BYTES + 20L * count, Long.BYTES).getLong(0);
    }

    /** Whether the file is a BigTIFF. */
    boolean isBig() throws IOException {
        return bytes.directory(2, Short.BYTES).getShort(0) == BIG;
    }

    TiffBytes bytes() {
        return bytes;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** Whether what a value refers to is in the file, or there is no such value. */
    boolean isWhole(int tag) throws IOException {
        Entry entry = entries.get(tag);
        return entry == null || bytes.holds(entry.at, entry.bytes());
    }

    private ByteBuffer value(Entry entry) throws IOException {
        return bytes.directory(entry.at, entry.bytes());
    }

    /** Whole numbers, or what stands for them; none if the tag is not there. */
    long[] numbers(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        ByteBuffer value = value(entry);
        int size = SIZES[entry.type];
        if (entry.type == RATIONAL || entry.type == SIGNED_RATIONAL || entry.type == FLOAT || entry.type == DOUBLE) {
            throw new IOException("tag " + tag + " is no whole number");
        }
        long[] numbers = new long[Math.toIntExact(entry.count)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (size) {
                case 1 -> value.get(i) & 0xff;
                case 2 -> Short.toUnsignedLong(value.getShort(2 * i));
                case 4 -> Integer.toUnsignedLong(value.getInt(4 * i));
                default -> value.getLong(8 * i);
            };
        }
        return numbers;
    }

    /** The first number, or another if there is none. */
    long number(int tag, long otherwise) throws IOException {
        long[] numbers = numbers(tag);
        return numbers.length == 0 ? otherwise : numbers[0];
    }

    /** A fraction; 0 if there is none or it is no number. */
    double[] fractions(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || (entry.type != RATIONAL && entry.type != SIGNED_RATIONAL)) {
            return new double[0];
        }
        ByteBuffer value = value(entry);
        double[] fractions = new double[Math.toIntExact(entry.count)];
        for (int i = 0; i < fractions.length; i++) {
            double below = Integer.toUnsignedLong(value.getInt(8 * i + 4));
            fractions[i] = below == 0 ? 0 : Integer.toUnsignedLong(value.getInt(8 * i)) / below;
        }
        return fractions;
    }

    /** The bytes of a value; none if the tag is not there. */
    byte[] raw(int tag) throws IOException {
        Entry entry = entries.get(tag);
        return entry == null ? new byte[0] : value(entry).array();
    }

    /** A text without the zero at its end; empty if there is none. */
    String text(int tag) throws IOException {
        String text = new String(raw(tag), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
