package io.github.transfuse.zarr;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The number that stands where nothing is stored.
 *
 * @param little its bytes, little-endian
 */
record Fill(List<Byte> little) {
    static Fill of(JsonElement value, ZarrType type) throws IOException {
        ByteBuffer bits = ByteCodecs.little(new byte[Long.BYTES]);
        try {
            bits.putLong(bits(value, type));
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            throw new IOException("its fill_value is no number", e);
        }
        Byte[] little = new Byte[type.bytes()];
        Arrays.setAll(little, bits::get);
        return new Fill(List.of(little));
    }

    private static long bits(JsonElement value, ZarrType type) throws IOException {
        if (value == null || value instanceof JsonNull) {
            return 0;
        }
        String text = value.getAsString();
        if (type == ZarrType.BOOL) {
            return text.equals("true") || text.equals("1") ? 1 : 0;
        }
        if (text.startsWith("0x") && type.isFloat()) {
            return HexFormat.fromHexDigitsToLong(text.substring(2));
        }
        if (!type.isFloat()) {
            return new BigDecimal(text).toBigInteger().longValue();
        }
        double number = Double.parseDouble(text);
        return switch (type) {
            case FLOAT64 -> Double.doubleToLongBits(number);
            case FLOAT32 -> Float.floatToIntBits((float) number);
            default -> half(number);
        };
    }

    /** Fill values of halves are 0 or no number; others are not known here. */
    private static long half(double number) throws UnknownZarrException {
        if (number != 0 && !Double.isNaN(number)) {
            throw new UnknownZarrException("a fill_value of " + number + " for halves");
        }
        return number == 0 ? 0 : 0x7e00;
    }

    /** Bytes that are full of it. */
    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        if (little.stream().anyMatch(b -> b != 0)) {
            for (int i = 0; i < length; i++) {
                bytes[i] = little.get(i % little.size());
            }
        }
        return bytes;
    }

    /** The number. */
    @Override
    public String toString() {
        return little.stream().allMatch(b -> b == 0) ? "0" : "the fill value";
    }
}
