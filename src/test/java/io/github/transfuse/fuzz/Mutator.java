package io.github.transfuse.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes bytes as damage and malice would: bits, lengths, numbers in text, parts that are cut, copied, or of another file. */
final class Mutator {
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        3,
        7,
        8,
        15,
        16,
        127,
        128,
        255,
        256,
        257,
        1000,
        32767,
        32768,
        65535,
        65536,
        100_000,
        1_000_000,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE,
        1L << 31,
        0xffff_fff0L,
        0xffff_ffffL,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        -1,
        -2,
        -100,
        Long.MIN_VALUE
    };
    private static final List<String> TEXTS = List.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "255",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "1e400",
            "NaN",
            "-0",
            "0.5",
            "1e-300",
            "true",
            "null",
            "\"\"",
            "[]",
            "{}",
            "",
            "..",
            "\n",
            "\0",
            "\u00e9");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z_]+|\"[^\"]*\"|[\\[\\]{}(),:;=<>]");
    private static final int MAX_LENGTH = 1 << 17;

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** One to six changes; {@code other} lends parts. */
    byte[] mutate(byte[] whole, byte[] other) {
        byte[] bytes = whole.clone();
        int changes = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1;
        for (int i = 0; i < changes; i++) {
            bytes = bytes.length == 0 ? other.clone() : change(bytes, other);
        }
        return bytes.length > MAX_LENGTH ? Arrays.copyOf(bytes, MAX_LENGTH) : bytes;
    }

    private byte[] change(byte[] bytes, byte[] other) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> flipped(bytes);
            case 2 -> with(bytes, at(bytes), (byte) random.nextInt(256));
            case 3, 4, 5, 6 -> number(bytes);
            case 7 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 8 -> replaced(bytes, at(bytes), length(), new byte[0]);
            case 9 -> replaced(bytes, at(bytes), 0, part(bytes));
            case 10 -> replaced(bytes, at(bytes), length(), part(other.length == 0 ? bytes : other));
            case 11 -> filled(bytes);
            case 12 -> swapped(bytes);
            case 13, 14 -> text(bytes, NUMBER);
            default -> text(bytes, TOKEN);
        };
    }

    /** Headers are short, and first. */
    private int at(byte... bytes) {
        return random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(Math.min(400, bytes.length));
    }

    private int length() {
        return 1 + (random.nextBoolean() ? random.nextInt(8) : random.nextInt(200));
    }

    private byte[] part(byte... of) {
        int from = at(of);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + length()));
    }

    private byte[] flipped(byte... bytes) {
        int at = at(bytes);
        return with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private byte[] number(byte... bytes) {
        int size = 1 << random.nextInt(4);
        if (bytes.length < size) {
            return flipped(bytes);
        }
        // Numbers lie where their size divides the place, as a rule
        int at = Math.min(at(bytes), bytes.length - size);
        at -= random.nextInt(4) > 0 ? at % Math.min(2, size) : 0;
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        switch (size) {
            case 1 -> buffer.put(at, (byte) value);
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) value);
            default -> buffer.putLong(at, value);
        }
        return bytes;
    }

    private byte[] filled(byte... bytes) {
        int from = at(bytes);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + length()), (byte)
                (random.nextBoolean() ? 0 : random.nextInt(256)));
        return bytes;
    }

    private byte[] swapped(byte... bytes) {
        int one = at(bytes);
        int two = at(bytes);
        for (int i = 0; i < length() && Math.max(one, two) + i < bytes.length; i++) {
            byte kept = bytes[one + i];
            bytes[one + i] = bytes[two + i];
            bytes[two + i] = kept;
        }
        return bytes;
    }

    private byte[] text(byte[] bytes, Pattern pattern) {
        String text = new String(bytes, 0, Math.min(bytes.length, 1 << 14), StandardCharsets.ISO_8859_1);
        Matcher found = pattern.matcher(text);
        if (!found.find(at(bytes) % text.length()) && !found.find(0)) {
            return number(bytes);
        }
        String other = TEXTS.get(random.nextInt(TEXTS.size()));
        return replaced(
                bytes,
                found.start(),
                found.end() - found.start(),
                other.getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
        int behind = Math.min(bytes.length, at + length);
        byte[] result = new byte[bytes.length - (behind - at) + by.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(bytes, behind, result, at + by.length, bytes.length - behind);
        return result;
    }
}
