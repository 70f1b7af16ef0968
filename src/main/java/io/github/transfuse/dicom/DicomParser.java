package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Walks over the elements of a file, up to its pixels. Lengths are not believed. */
final class DicomParser {
    static final long UNDEFINED = 0xffffffffL;

    private static final int DEPTH = 30;
    private static final int ITEMS = 1 << 20;

    /** Bytes of the longest value that is kept; longer ones are none that is looked at. */
    private static final int KEPT = 1 << 20;

    private static final Set<String> LONG =
            Set.of("OB", "OW", "OF", "OD", "OL", "OV", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final ByteSource in;
    private final boolean explicit;
    private final ByteOrder order;
    private long at;
    private int items;

    DicomParser(ByteSource in, long at, boolean explicit, ByteOrder order) {
        this.in = in;
        this.at = at;
        this.explicit = explicit;
        this.order = order;
    }

    /**
     * An element.
     *
     * @param type two letters; empty where the file does not say it
     * @param value where its value begins
     * @param length of the value; {@link #UNDEFINED} where its end is marked
     */
    record Element(int tag, String type, long value, long length) {
        int group() {
            return tag >>> 16;
        }
    }

    /** Where the next element begins. */
    long at() {
        return at;
    }

    /** The elements of the group that describes the file. */
    DicomData meta() throws IOException {
        DicomData data = new DicomData();
        while (at + 8 <= in.length() && peek().group() == 2) {
            add(data, next(in.length()), 0);
        }
        return data;
    }

    /** Adds all elements up to the pixels, which are given; without pixels one of tag 0. */
    Element upToPixels(DicomData data) throws IOException {
        while (at + 8 <= in.length()) {
            Element element = next(in.length());
            if (DicomTag.isPixels(element.tag)) {
                return element;
            }
            add(data, element, 0);
        }
        return new Element(0, "", at, 0);
    }

    private Element peek() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(in.read(at, 8)).order(order);
        int group = Short.toUnsignedInt(head.getShort(0));
        int tag = group << 16 | Short.toUnsignedInt(head.getShort(2));
        String letters = new String(head.array(), 4, 2, StandardCharsets.ISO_8859_1);
        if (group == 0xfffe || !explicit || !letters.matches("[A-Z]{2}")) {
            return new Element(tag, "", at + 8, Integer.toUnsignedLong(head.getInt(4)));
        }
        if (LONG.contains(letters)) {
            int length = ByteBuffer.wrap(in.read(at + 8, 4)).order(order).getInt();
            return new Element(tag, letters, at + 12, Integer.toUnsignedLong(length));
        }
        return new Element(tag, letters, at + 8, Short.toUnsignedLong(head.getShort(6)));
    }

    private Element next(long end) throws IOException {
        Element element = peek();
        boolean whole = element.length == UNDEFINED || element.length <= end - element.value;
        if (!whole && !DicomTag.isPixels(element.tag)) {
            throw new IOException("an element is longer than the file");
        }
        at = element.value;
        return element;
    }

    private void add(DicomData data, Element element, int depth) throws IOException {
        boolean known =
                DicomTag.SEQUENCES.contains(element.tag) && (element.type.isEmpty() || element.type.equals("UN"));
        if (element.length == UNDEFINED && DicomTag.isPixels(element.tag)) {
            skipFragments();
        } else if (element.type.equals("UN") && (known || element.length == UNDEFINED)) {
            DicomParser inner = new DicomParser(in, at, false, ByteOrder.LITTLE_ENDIAN);
            data.put(element.tag, inner.sequence(element, depth + 1));
            at = inner.at;
        } else if (element.length == UNDEFINED || element.type.equals("SQ") || known) {
            data.put(element.tag, sequence(element, depth + 1));
        } else {
            if (element.length <= KEPT) {
                byte[] bytes = in.read(element.value, (int) element.length);
                data.put(element.tag, new DicomData.Value(bytes, order, List.of()));
            }
            at = element.value + element.length;
        }
    }

    private DicomData.Value sequence(Element element, int depth) throws IOException {
        if (depth > DEPTH) {
            throw new IOException("its sequences lie too deep in each other");
        }
        long end = element.length == UNDEFINED ? in.length() : element.value + element.length;
        List<DicomData> found = new ArrayList<>();
        while (at < end) {
            Element item = next(end);
            if (item.tag == DicomTag.SEQUENCE_END) {
                break;
            }
            if (item.tag != DicomTag.ITEM || items++ > ITEMS) {
                throw new IOException("a sequence holds something else than items");
            }
            found.add(item(item, end, depth));
        }
        return new DicomData.Value(new byte[0], order, found);
    }

    private DicomData item(Element item, long end, int depth) throws IOException {
        long last = item.length == UNDEFINED ? end : item.value + item.length;
        DicomData data = new DicomData();
        while (at < last) {
            Element element = next(last);
            if (element.tag == DicomTag.ITEM_END) {
                break;
            }
            add(data, element, depth);
        }
        return data;
    }

    /** Of a small picture in a sequence. */
    private void skipFragments() throws IOException {
        while (at < in.length()) {
            Element fragment = next(in.length());
            if (fragment.tag == DicomTag.SEQUENCE_END || fragment.length == UNDEFINED) {
                return;
            }
            at += fragment.length;
        }
    }
}
