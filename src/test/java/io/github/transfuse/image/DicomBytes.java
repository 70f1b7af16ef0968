package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

/** Builds DICOM files element by element, in any of the uncompressed syntaxes. */
final class DicomBytes {
    static final String EXPLICIT = "1.2.840.10008.1.2.1";
    static final String IMPLICIT = "1.2.840.10008.1.2";
    static final String BIG = "1.2.840.10008.1.2.2";
    static final String DEFLATED = "1.2.840.10008.1.2.1.99";

    private final String syntax;
    private final Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);
    private final ByteOrder order;
    private boolean preamble = true;

    DicomBytes(String syntax) {
        this.syntax = syntax;
        order = syntax.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Grey samples of some size. */
    static DicomBytes grey(int width, int height, int bits) {
        return of(EXPLICIT, width, height, bits);
    }

    static DicomBytes of(String syntax, int width, int height, int bits) {
        return new DicomBytes(syntax)
                .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7")
                .text(0x0010_0020, "LO", "ID1")
                .text(0x0020_000E, "UI", "1.2.3")
                .whole(0x0028_0002, 1)
                .text(0x0028_0004, "CS", "MONOCHROME2")
                .whole(0x0028_0010, height)
                .whole(0x0028_0011, width)
                .whole(0x0028_0100, (bits + 7) / 8 * 8)
                .whole(0x0028_0101, bits)
                .whole(0x0028_0102, bits - 1)
                .whole(0x0028_0103, 0);
    }

    DicomBytes withoutPreamble() {
        preamble = false;
        return this;
    }

    DicomBytes text(int tag, String type, String text) {
        String even = text.length() % 2 == 0 ? text : text + (type.equals("UI") ? "\0" : " ");
        return put(tag, type, even.getBytes(StandardCharsets.ISO_8859_1));
    }

    DicomBytes decimals(int tag, double... numbers) {
        return text(tag, "DS", Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining("\\")));
    }

    DicomBytes whole(int tag, int... numbers) {
        return put(tag, "US", shorts(numbers));
    }

    /** As text, as the number of frames is. */
    DicomBytes count(int tag, int number) {
        return text(tag, "IS", Integer.toString(number));
    }

    byte[] shorts(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(order);
        Arrays.stream(numbers).forEach(number -> bytes.putShort((short) number));
        return bytes.array();
    }

    DicomBytes pixels(byte... bytes) {
        return put(0x7FE0_0010, bytes.length % 2 == 0 && width() > 8 ? "OW" : "OB", bytes);
    }

    private int width() {
        byte[] bits = elements.get(0x0028_0100);
        return bits[bits.length - 2] + bits[bits.length - 1];
    }

    /** Frames that are compressed, each one fragment, behind an empty table. */
    DicomBytes fragments(byte[]... frames) {
        return fragments(new int[0], frames);
    }

    /** Fragments behind a table of where frames begin. */
    DicomBytes fragments(int[] offsets, byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(0xFFFE_E000, 4 * offsets.length));
        for (int offset : offsets) {
            out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(offset).array());
        }
        for (byte[] frame : frames) {
            byte[] even = Arrays.copyOf(frame, (frame.length + 1) / 2 * 2);
            out.writeBytes(head(0xFFFE_E000, even.length));
            out.writeBytes(even);
        }
        out.writeBytes(head(0xFFFE_E0DD, 0));
        ByteBuffer head = ByteBuffer.allocate(12).order(order);
        head.putShort((short) 0x7FE0)
                .putShort((short) 0x10)
                .put((byte) 'O')
                .put((byte) 'B')
                .putInt(8, -1);
        elements.put(0x7FE0_0010, joined(head.array(), out.toByteArray()));
        return this;
    }

    /** A sequence of one item. */
    DicomBytes sequence(int tag, DicomBytes... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DicomBytes item : items) {
            byte[] content = item.content();
            out.writeBytes(head(0xFFFE_E000, content.length));
            out.writeBytes(content);
        }
        return put(tag, "SQ", out.toByteArray());
    }

    private byte[] head(int tag, int length) {
        ByteBuffer head = ByteBuffer.allocate(8).order(order);
        return head.putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .putInt(length)
                .array();
    }

    DicomBytes put(int tag, String type, byte... value) {
        boolean explicit = !syntax.equals(IMPLICIT) || tag >>> 16 == 2;
        boolean wide = explicit && (type.startsWith("O") || type.equals("SQ") || type.equals("UN"));
        ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(order);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        if (explicit) {
            head.put(type.getBytes(StandardCharsets.US_ASCII));
        }
        if (wide || !explicit) {
            head.putInt(wide ? 8 : 4, value.length);
        } else {
            head.putShort((short) value.length);
        }
        elements.put(tag, joined(head.array(), value));
        return this;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] content() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.values().forEach(out::writeBytes);
        return out.toByteArray();
    }

    byte[] file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (preamble) {
            out.writeBytes(new byte[128]);
            out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(new DicomBytes(EXPLICIT).text(0x0002_0010, "UI", syntax).content());
        out.writeBytes(syntax.equals(DEFLATED) ? deflated(content()) : content());
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[2 * bytes.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }
}
