package io.github.transfuse.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Streams are decoded as CharLS decodes them: {@code src/test/python/jpegls_values.py}. */
class JpegLsTest {
    private record Case(PixelForm form, String words, long crc, byte[] stream) {
        long unpacked() throws IOException {
            CRC32 crc = new CRC32();
            for (Object plane : JpegLs.unpack(form, stream)) {
                for (int i = 0; i < form.pixels(); i++) {
                    int value = plane instanceof byte[] bytes
                            ? Byte.toUnsignedInt(bytes[i])
                            : Short.toUnsignedInt(((short[]) plane)[i]);
                    crc.update(value >> 8);
                    crc.update(value);
                }
            }
            return crc.getValue();
        }

        Case with(byte... changed) {
            return new Case(form, words, crc, changed);
        }
    }

    private static PixelForm form(int columns, int rows, int samples, int bits) {
        int allocated = bits > 8 ? 16 : 8;
        String photometric = samples == 3 ? "RGB" : "MONOCHROME2";
        return new PixelForm(columns, rows, 1, samples, allocated, bits, bits - 1, false, false, photometric);
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = JpegLsTest.class.getResourceAsStream("/dicom/jpegls.csv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                String[] row = line.split(",", -1);
                int[] numbers =
                        Arrays.stream(row).limit(4).mapToInt(Integer::parseInt).toArray();
                cases.add(new Case(
                        form(numbers[1], numbers[0], numbers[2], numbers[3]),
                        line.substring(0, 30),
                        Long.parseLong(row[6]),
                        Base64.getDecoder().decode(row[7])));
            }
        }
        return cases;
    }

    @Test
    void valuesAreThoseOfCharls() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Case one : cases()) {
            if (one.unpacked() != one.crc) {
                wrong.add(one.words);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(23, cases().size());
    }

    @Test
    void whatIsCutIsRefused() throws IOException {
        for (Case one : cases()) {
            for (int length = 0; length < one.stream.length - 3; length++) {
                Case cut = one.with(Arrays.copyOf(one.stream, length));
                IOException e = assertThrows(IOException.class, cut::unpacked, one.words + " cut to " + length);
                assertTrue(e.getMessage().startsWith("a JPEG-LS stream"), e.getMessage());
            }
        }
    }

    /** Whatever is changed is decoded to something or refused; the reader of files turns what a header lacks into words. */
    @Test
    void whatIsDamagedComesToAnEnd() throws IOException {
        Random random = new Random(3);
        int refused = 0;
        for (Case one : cases()) {
            for (int i = 0; i < 300; i++) {
                byte[] changed = one.stream.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                try {
                    one.with(changed).unpacked();
                } catch (IOException | BufferUnderflowException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    /** A stream of one pixel with something before it. */
    private static byte[] stream(String before, String scan) {
        String head = "ffd8" + before + "fff7000b080001000101" + "011100";
        return java.util.HexFormat.of().parseHex(head + scan + "8000000000ffd9");
    }

    private static String refusal(String before, String scan) {
        return assertThrows(IOException.class, () -> JpegLs.unpack(form(1, 1, 1, 8), stream(before, scan)))
                .getMessage();
    }

    @Test
    void whatIsNotKnownIsRefusedByName() throws IOException {
        String scan = "ffda0008010100000000";
        assertEquals(1, JpegLs.unpack(form(1, 1, 1, 8), stream("", scan)).length, "all others differ from this one");
        assertEquals(1, JpegLs.unpack(form(1, 1, 1, 8), stream("ffdd00040000fffe00026d", scan)).length);
        assertEquals("its JPEG-LS is in parts", refusal("ffdd00040001", scan));
        assertEquals("its JPEG-LS has colours that are not those of DICOM", refusal("ffe800076d72667801", scan));
        assertEquals("its JPEG-LS is another kind of JPEG", refusal("ffc0000401ff", scan));
        assertEquals("its JPEG-LS has a table of colours, or more pixels than usual", refusal("fff8000402ff", scan));
        assertEquals("its JPEG-LS has a table of colours", refusal("", "ffda0008010101000000"));
        assertEquals("its JPEG-LS has samples without their lower bits", refusal("", "ffda0008010100000001"));
        assertTrue(refusal("", "ffda0008010100000100").contains("in the order 1"));
        assertTrue(refusal("", "ffda0008010200000000").contains("another order"));
        assertTrue(refusal("", "ffda0008010100ff0000").contains("changed by 255"));
        assertEquals(1, JpegLs.unpack(form(1, 1, 1, 8), stream("fff8000d0100ff000000000000ffff", scan)).length);
        assertTrue(refusal("fff8000d0101ff0000000000000000", scan).contains("up to 511"));
        assertTrue(refusal("fff8000d0100ff0009000300150040", scan).contains("limit of 3"));
        assertTrue(refusal("fff8000d0100ff0000000000000001", scan).contains("forgets"));
    }
}
