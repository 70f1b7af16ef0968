package io.github.transfuse.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Elements of a file, or of an item of a sequence in it. */
public final class DicomData {
    private static final Value ABSENT = new Value(new byte[0], ByteOrder.LITTLE_ENDIAN, List.of());

    private final Map<Integer, Value> values = new HashMap<>();

    DicomData() {}

    /** What an element holds: bytes or items. */
    record Value(byte[] bytes, ByteOrder order, List<DicomData> items) {}

    void put(int tag, Value value) {
        values.put(tag, value);
    }

    private Value value(int tag) {
        return values.getOrDefault(tag, ABSENT);
    }

    /** Whether there is such an element, be it empty. */
    public boolean has(int tag) {
        return values.containsKey(tag);
    }

    /** The items of a sequence; none if there is no such sequence. */
    public List<DicomData> items(int tag) {
        return List.copyOf(value(tag).items);
    }

    /** The text of an element without padding; empty if there is none. */
    public String text(int tag) {
        return new String(value(tag).bytes, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    /**
     * Numbers that are stored as text.
     *
     * @return all of them; empty if there is none, or if the text is none of numbers
     */
    public double[] decimals(int tag) {
        String text = text(tag);
        try {
            return text.isEmpty()
                    ? new double[0]
                    : Arrays.stream(text.split("\\\\"))
                            .mapToDouble(number -> Double.parseDouble(number.strip()))
                            .toArray();
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }

    /** The first number that is stored as text, where there is a finite one. */
    public Optional<Double> decimal(int tag) {
        return Arrays.stream(decimals(tag)).boxed().findFirst().filter(Double::isFinite);
    }

    /** Numbers of 16 bits, unsigned. */
    public int[] shorts(int tag) {
        Value value = value(tag);
        int[] numbers = new int[value.bytes.length / Short.BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes).order(value.order);
        Arrays.setAll(numbers, i -> Short.toUnsignedInt(bytes.getShort(Short.BYTES * i)));
        return numbers;
    }

    /** A number of 16 bits, unsigned; {@code otherwise} if there is none. */
    public int whole(int tag, int otherwise) {
        int[] numbers = shorts(tag);
        return numbers.length == 0 ? otherwise : numbers[0];
    }

    /** The bytes of an element as they are stored; empty if there is none. */
    public byte[] bytes(int tag) {
        return value(tag).bytes.clone();
    }
}
