package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLinesTest {
    private static final List<String> LINES = List.of("Zelle ä", "", "細胞,2", "𝒳");

    @TempDir
    Path folder;

    private Path write(String encoding, boolean mark, String end) throws IOException {
        String text = (mark ? "\uFEFF" : "") + String.join(end, LINES) + end;
        return Files.write(folder.resolve("list.txt"), text.getBytes(Charset.forName(encoding)));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, false", "UTF-8, true", "UTF-16LE, true", "UTF-16BE, true"})
    void whatEditorsAndSpreadsheetsWriteIsRead(String encoding, boolean mark) throws IOException {
        assertEquals(LINES, TextLines.of(write(encoding, mark, "\n")));
        assertEquals(LINES, TextLines.of(write(encoding, mark, "\r\n")));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE", "GB18030"})
    void otherEncodingsAreRefusedByName(String encoding) throws IOException {
        Path file = write(encoding, false, "\n");
        String message =
                assertThrows(IOException.class, () -> TextLines.of(file)).getMessage();
        assertTrue(message.contains("list.txt: ") && message.contains("Save it as UTF-8"), message);
    }

    @Test
    void theOldEncodingOfWindowsToo() throws IOException {
        Path file = Files.write(folder.resolve("list.txt"), "Zelle ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(IOException.class, () -> TextLines.of(file));
        Path plain = Files.write(folder.resolve("plain.txt"), "case1\ncase3\n".getBytes(StandardCharsets.UTF_16LE));
        assertThrows(IOException.class, () -> TextLines.of(plain), "would be names with zeros in them");
        Path half = Files.write(folder.resolve("half.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 65});
        assertThrows(IOException.class, () -> TextLines.of(half));
        assertEquals(List.of(), TextLines.of(Files.write(folder.resolve("empty.txt"), new byte[0])));
    }
}
