package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a page of a TIFF file tag by tag: kinds that no library here writes, and lies. */
public final class TinyTiff {
    public static final int ASCII = 2;
    public static final int SHORT = 3;
    public static final int LONG = 4;
    public static final int RATIONAL = 5;

    private static final int[] SIZES = {0, 1, 1, 2, 4, 8};

    /** A type, then values; of fractions above and below. */
    private final Map<Integer, long[]> tags = new TreeMap<>();

    private final List<byte[]> blocks = new ArrayList<>();
    private long next = -1;

    private TinyTiff() {}

    /** Uncompressed grey, or red, green and blue, in one strip. */
    public static TinyTiff of(int width, int height, int samples, int bits) {
        long[] all = new long[samples];
        Arrays.fill(all, bits);
        return new TinyTiff()
                .tag(256, LONG, width)
                .tag(257, LONG, height)
                .tag(258, SHORT, all)
                .tag(259, SHORT, 1)
                .tag(262, SHORT, samples < 3 ? 1 : 2)
                .tag(277, SHORT, samples)
                .tag(278, LONG, height);
    }

    public TinyTiff tag(int tag, int type, long... values) {
        long[] all = new long[values.length + 1];
        all[0] = type;
        System.arraycopy(values, 0, all, 1, values.length);
        tags.put(tag, all);
        return this;
    }

    public TinyTiff text(int tag, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        long[] values = new long[bytes.length];
        Arrays.setAll(values, i -> bytes[i]);
        return tag(tag, ASCII, values);
    }

    /** Adds a strip or tile. */
    public TinyTiff block(byte... bytes) {
        blocks.add(bytes);
        return this;
    }

    public TinyTiff block(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return block(bytes);
    }

    /** Where the next page is said to be. */
    public TinyTiff next(long place) {
        next = place;
        return this;
    }

    public static byte[] deflated(byte... bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater())) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    public static Path write(Path file, TinyTiff... pages) throws IOException {
        return write(file, ByteOrder.LITTLE_ENDIAN, false, pages);
    }

    /** Writes pages with all their blocks first, then the directories. */
    public static Path write(Path file, ByteOrder order, boolean big, TinyTiff... pages) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(order);
        out.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
        out.putShort((short) (big ? 43 : 42));
        if (big) {
            out.putShort((short) 8).putShort((short) 0);
        }
        int link = out.position();
        out.position(link + (big ? 8 : 4));
        for (TinyTiff page : pages) {
            page.putBlocks(out);
        }
        for (TinyTiff page : pages) {
            put(out, link, out.position(), big);
            link = page.putDirectory(out, big);
            put(out, link, Math.max(0, page.next), big);
        }
        return Files.write(file, Arrays.copyOf(out.array(), out.position()));
    }

    private void putBlocks(ByteBuffer out) {
        boolean tiled = tags.containsKey(322);
        long[] places = new long[blocks.size()];
        long[] lengths = new long[blocks.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = out.position();
            lengths[i] = blocks.get(i).length;
            out.put(blocks.get(i));
        }
        if (!tags.containsKey(tiled ? 324 : 273)) {
            tag(tiled ? 324 : 273, LONG, places);
        }
        if (!tags.containsKey(tiled ? 325 : 279)) {
            tag(tiled ? 325 : 279, LONG, lengths);
        }
    }

    private static void put(ByteBuffer out, int at, long place, boolean big) {
        if (big) {
            out.putLong(at, place);
        } else {
            out.putInt(at, (int) place);
        }
    }

    private int putDirectory(ByteBuffer out, boolean big) {
        int entry = big ? 20 : 12;
        int at = out.position() + (big ? 8 : 2);
        int room = big ? 8 : 4;
        if (big) {
            out.putLong(tags.size());
        } else {
            out.putShort((short) tags.size());
        }
        int link = at + entry * tags.size();
        int values = link + room;
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            long[] all = tag.getValue();
            int type = (int) all[0];
            int count = (all.length - 1) / (type == RATIONAL ? 2 : 1);
            out.putShort(at, tag.getKey().shortValue()).putShort(at + 2, (short) type);
            put(out, at + 4, count, big);
            int place = at + 4 + room;
            if (count * SIZES[type] > room) {
                put(out, place, values, big);
                place = values;
                values += count * SIZES[type];
            }
            out.position(place);
            for (int i = 1; i < all.length; i++) {
                switch (type) {
                    case SHORT -> out.putShort((short) all[i]);
                    case LONG, RATIONAL -> out.putInt((int) all[i]);
                    default -> out.put((byte) all[i]);
                }
            }
            at += entry;
        }
        out.position(values);
        return link;
    }
}
