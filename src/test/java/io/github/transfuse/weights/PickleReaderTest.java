package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.weights.PickledValues.Tuple;
import io.github.transfuse.weights.PickledValues.Unused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain values as Python 3.11's {@code pickle.dumps} wrote them, with and without {@code pickletools.optimize}. */
class PickleReaderTest {
    private static final byte[] NOTHING = {};

    private static PickleReader reader(byte... pickle) {
        return new PickleReader(new PickleInput(Path.of("plain.pkl"), new ByteArrayInputStream(pickle)));
    }

    private static byte[] pickle(String name) throws IOException {
        try (Reader text = new InputStreamReader(
                PickleReaderTest.class.getResourceAsStream("/pickles/plain.json"), StandardCharsets.UTF_8)) {
            JsonObject all = JsonParser.parseReader(text).getAsJsonObject();
            return HexFormat.of().parseHex(all.get(name).getAsString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers2", "numbers4o"})
    void numbers(String name) throws IOException {
        List<Object> expected = List.of(
                0L,
                1L,
                255L,
                256L,
                65_535L,
                65_536L,
                2_147_483_647L,
                -1L,
                -2_147_483_648L,
                2_147_483_648L,
                -2_147_483_649L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                BigInteger.ONE.shiftLeft(63),
                BigInteger.ONE.shiftLeft(80),
                true,
                false,
                1.5,
                -0.1,
                1e300);
        assertEquals(expected, reader(pickle(name)).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"texts2", "texts4o", "texts5"})
    void texts(String name) throws IOException {
        List<String> expected =
                List.of("", "a", "\u00e9".repeat(10), "x".repeat(255), "y".repeat(256), "z".repeat(300), "a");
        assertEquals(expected, reader(pickle(name)).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested2", "nested3o", "nested4", "nested5o"})
    void containersInContainers(String name) throws IOException {
        List<Object> tuples = List.of(
                1L,
                List.of(2L, List.of(3L)),
                new Tuple(List.of(4L)),
                new Tuple(List.of(5L, 6L)),
                new Tuple(List.of(7L, 8L, 9L)),
                new Tuple(List.of(1L, 2L, 3L, 4L)),
                new Tuple(List.of()));
        Map<String, Object> expected =
                Map.of("a", tuples, "b", Map.of("c", Map.of(), "d", List.of()), "1", Collections.nCopies(3, List.of()));
        assertEquals(expected, reader(pickle(name)).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordered2", "ordered4o"})
    void orderedDictionaries(String name) throws IOException {
        Map<?, ?> read = (Map<?, ?>) reader(pickle(name)).read();
        assertEquals(Map.of("p", 1L, "q", List.of(2L)), read);
        assertEquals(List.of("p", "q"), List.copyOf(read.keySet()));
    }

    @Test
    void setsAreLists() throws IOException {
        assertEquals(List.of(List.of(7L)), reader(pickle("set4")).read());
    }

    @Test
    void bytesAreOfNoUse() throws IOException {
        assertEquals(
                List.of(Unused.BYTES, Unused.BYTES), reader(pickle("bytes3")).read());
    }

    /** {@code OrderedDict([("p", 1), ["q", 2]])} with texts as Python 2 writes them, under its two lengths. */
    @Test
    void orderedDictionariesFromPairs() throws IOException {
        byte[] pairs = bytes(new PickleBytes()
                .op(0x80, 2)
                .global("collections", "OrderedDict")
                .op('(', ']', '(')
                .op('U', 1, 'p', 'K', 1, 0x86)
                .op(']', '(', 'T', 1, 0, 0, 0, 'q', 'K', 2, 'e')
                .op('e', 't', 'R'));
        assertEquals(Map.of("p", 1L, "q", 2L), reader(pairs).read());
    }

    @ParameterizedTest
    @CsvSource({"']', no pair", "'K', java.util.List"})
    void ordersOfWhatIsNoPairAreRefused(char item, String words) {
        PickleBytes call = new PickleBytes()
                .op(0x80, 2)
                .global("collections", "OrderedDict")
                .op('(');
        PickleBytes filled = item == 'K' ? call.op('K', 1) : call.op(']', ']', 'a');
        ModelFormatException refused = assertThrows(ModelFormatException.class, () -> reader(bytes(filled.op('t', 'R')))
                .read());
        assertTrue(refused.getMessage().contains("no PyTorch checkpoint"), refused::getMessage);
        assertTrue(item == 'K' || refused.getMessage().contains(words), refused::getMessage);
    }

    /** The long slots, a duplicate thrown away, a mark thrown away, and keys that are of no use. */
    @Test
    void memoryAndWhatIsThrownAway() throws IOException {
        byte[] pickle = bytes(new PickleBytes()
                .op(0x80, 4)
                .op('K', 7, 'r', 0, 1, 0, 0, '0')
                .op('(', 'K', 1, 'K', 2, '1')
                .op('}', 'N', 'j', 0, 1, 0, 0, 's'));
        assertEquals(Map.of(Unused.KEY, 7L), reader(pickle).read());
    }

    /** A reader that read one pickle reads the next of the stream as if it were alone. */
    @Test
    void picklesOneAfterTheOther() throws IOException {
        byte[] two = bytes(new PickleBytes().op(0x80, 2, 'K', 3, 'K', 1, 'q', 0, '.', 'h', 0));
        PickleReader reader = reader(two);
        assertEquals(1L, reader.read());
        assertThrows(ModelFormatException.class, reader::read);
        PickleReader empty = reader(bytes(new PickleBytes().op('K', 3, 'K', 1, '.')));
        empty.read();
        assertTrue(assertThrows(ModelFormatException.class, empty::read)
                .getMessage()
                .contains("a missing value"));
    }

    @Test
    void longTextsByTheirEightBytes() throws IOException {
        assertEquals(
                "ab",
                reader(bytes(new PickleBytes().op(0x8d, 2, 0, 0, 0, 0, 0, 0, 0, 'a', 'b')))
                        .read());
        byte[] endless = bytes(new PickleBytes().op(0x8d, 2, 0, 0, 0, 1, 0, 0, 0, 'a', 'b'));
        assertTrue(
                assertThrows(ModelFormatException.class, () -> reader(endless).read())
                        .getMessage()
                        .contains("a length of"));
    }

    @Test
    void integersOfMoreBytesThanNeeded() throws IOException {
        assertEquals(0L, reader(bytes(new PickleBytes().op(0x8a, 0))).read());
        assertEquals(
                -2L,
                reader(bytes(new PickleBytes().op(0x8b, 3, 0, 0, 0, 0xfe, 0xff, 0xff)))
                        .read());
    }

    @ParameterizedTest
    @CsvSource({"2000000, true", "2000001, false"})
    void asManyInstructionsAsATableNeeds(int instructions, boolean read) throws IOException {
        byte[] pickle = new byte[instructions + 1];
        Arrays.fill(pickle, (byte) '}');
        pickle[instructions] = '.';
        if (read) {
            assertEquals(Map.of(), reader(pickle).read());
        } else {
            assertThrows(ModelFormatException.class, () -> reader(pickle).read());
        }
    }

    @Test
    void theLongestTextAndLine() throws IOException {
        int most = 1 << 24;
        assertEquals(most, ((String) reader(bytes(text(most))).read()).length());
        assertThrows(
                ModelFormatException.class, () -> reader(bytes(text(most + 1))).read());
        assertEquals(most, input("x".repeat(most) + "\n").line().length());
        assertThrows(ModelFormatException.class, () -> input("x".repeat(most + 1) + "\n")
                .line());
    }

    private static PickleBytes text(int length) {
        return new PickleBytes().text("x".repeat(length));
    }

    private static PickleInput input(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new PickleInput(Path.of("lines.pkl"), new ByteArrayInputStream(bytes));
    }

    @Test
    void anEmptyPickleIsTruncated() {
        assertTrue(
                assertThrows(ModelFormatException.class, () -> reader(NOTHING).read())
                        .getMessage()
                        .contains("ends at byte 0"));
    }

    private static byte[] bytes(PickleBytes pickle) {
        return pickle.stop();
    }
}
