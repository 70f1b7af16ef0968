package io.github.transfuse.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Elements that are to be written, with explicit types and the low byte first; they come in the order of their numbers. */
public final class DicomElements {
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final int PREAMBLE = 128;

    private final Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);

    /** Text; of a name of something the padding is zero. */
    public DicomElements text(int tag, String type, String text) {
        String even = text.length() % 2 == 0 ? text : text + (type.equals("UI") ? "\0" : " ");
        return put(tag, type, even.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Numbers as text of at most 16 characters each. */
    public DicomElements decimals(int tag, double... numbers) {
        return text(
                tag,
                "DS",
                Arrays.stream(numbers).mapToObj(DicomElements::decimal).collect(Collectors.joining("\\")));
    }

    private static String decimal(double number) {
        String shortest = Double.toString(number == 0 ? 0 : number);
        return shortest.length() <= 16 ? shortest : String.format(Locale.ROOT, "%.9e", number);
    }

    /** Unsigned numbers of 16 bits. */
    public DicomElements shorts(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(number -> bytes.putShort((short) number));
        return put(tag, "US", bytes.array());
    }

    /** Unsigned numbers of 32 bits. */
    public DicomElements longs(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putInt);
        return put(tag, "UL", bytes.array());
    }

    /** The number of another element. */
    public DicomElements pointer(int tag, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return put(
                tag,
                "AT",
                bytes.putShort((short) (to >>> 16)).putShort((short) to).array());
    }

    /** Items. */
    public DicomElements sequence(int tag, DicomElements... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DicomElements item : items) {
            byte[] content = item.content();
            ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            head.putShort((short) 0xfffe).putShort((short) 0xe000).putInt(content.length);
            out.writeBytes(head.array());
            out.writeBytes(content);
        }
        return put(tag, "SQ", out.toByteArray());
    }

    /** Pixels of 8 bits or fewer. */
    public DicomElements pixels(byte... bytes) {
        return put(DicomTag.PIXELS, "OB", Arrays.copyOf(bytes, (bytes.length + 1) / 2 * 2));
    }

    /** What a file has of an element of text; an empty one if it has none. */
    public DicomElements copy(DicomData from, int tag, String type) {
        return text(tag, type, from.text(tag));
    }

    private DicomElements put(int tag, String type, byte... value) {
        boolean wide = type.equals("OB") || type.equals("SQ");
        ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag).put(type.getBytes(StandardCharsets.US_ASCII));
        if (wide) {
            head.putInt(8, value.length);
        } else {
            head.putShort((short) value.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.capacity() + value.length);
        out.writeBytes(head.array());
        out.writeBytes(value);
        elements.put(tag, out.toByteArray());
        return this;
    }

    private byte[] content() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.values().forEach(out::writeBytes);
        return out.toByteArray();
    }

    /**
     * A file of these elements.
     *
     * @param kind of the file
     * @param instance name of the file
     */
    public byte[] file(String kind, String instance) {
        DicomElements meta = new DicomElements();
        ByteBuffer version = ByteBuffer.allocate(2).put(1, (byte) 1);
        meta.put(0x0002_0001, "OB", version.array());
        meta.text(DicomTag.CLASS_OF_FILE, "UI", kind);
        meta.text(0x0002_0003, "UI", instance);
        meta.text(DicomTag.SYNTAX, "UI", EXPLICIT);
        meta.text(0x0002_0012, "UI", "2.25.88215107623987324986923487");
        byte[] rest = meta.content();
        byte[] length = new DicomElements().longs(0x0002_0000, rest.length).content();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[PREAMBLE]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(length);
        out.writeBytes(rest);
        out.writeBytes(content());
        return out.toByteArray();
    }
}
