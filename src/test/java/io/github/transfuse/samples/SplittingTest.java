package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplittingTest {

    @TempDir
    private Path folder;

    private static List<Pair> pairs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Pair("case" + i, Path.of("case" + i + ".png"), Path.of("m" + i + ".png")))
                .toList();
    }

    private static List<String> stems(List<Pair> pairs) {
        return pairs.stream().map(Pair::stem).toList();
    }

    @Test
    void autoFollowsTheChecksum() throws IOException {
        Split split = Splitting.of("auto", pairs(200));
        assertEquals(200, split.training().size() + split.validation().size());
        for (Pair pair : split.validation()) {
            CRC32 crc = new CRC32();
            crc.update(pair.stem().getBytes(StandardCharsets.UTF_8));
            assertEquals(0, crc.getValue() % 10);
        }
    }

    @Test
    void aListNamesTheValidation() throws IOException {
        Path list = Files.writeString(folder.resolve("val.txt"), "# mine\ncase1\n\ncase3\n");
        assertEquals(
                List.of("case1", "case3"),
                stems(Splitting.of(list.toString(), pairs(5)).validation()));

        Files.writeString(list, "case1\nnobody\n");
        SamplesException thrown = assertThrows(SamplesException.class, () -> Splitting.of(list.toString(), pairs(5)));
        assertTrue(thrown.getMessage().contains("nobody"), thrown.getMessage());
        Files.writeString(list, "\n");
        assertThrows(SamplesException.class, () -> Splitting.of(list.toString(), pairs(5)));
    }

    @Test
    void groupsStayTogether() throws IOException {
        StringBuilder csv = new StringBuilder("frame,sequence\n");
        for (int i = 0; i < 60; i++) {
            csv.append("case").append(i).append(',').append(i / 3).append('\n');
        }
        Path file = Files.writeString(folder.resolve("groups.csv"), csv);
        Split split = Splitting.of(file.toString(), pairs(60));
        assertTrue(split.validation().size() > 0 && split.validation().size() % 3 == 0);
        List<Integer> groups = split.validation().stream()
                .map(p -> Integer.parseInt(p.stem().substring(4)) / 3)
                .distinct()
                .toList();
        assertEquals(split.validation().size(), 3 * groups.size());

        SamplesException thrown = assertThrows(SamplesException.class, () -> Splitting.of(file.toString(), pairs(61)));
        assertTrue(thrown.getMessage().contains("case60"), thrown.getMessage());
    }

    @Test
    void anythingElseIsRefused() {
        SamplesException thrown = assertThrows(SamplesException.class, () -> Splitting.of("nowhere", pairs(5)));
        assertTrue(thrown.getMessage().contains("validation=nowhere"), thrown.getMessage());
    }

    @Test
    void oneImageIsTooFew() {
        SamplesException thrown = assertThrows(SamplesException.class, () -> Splitting.of("auto", pairs(1)));
        assertTrue(thrown.getMessage().contains("Add at least one more image"), thrown.getMessage());
    }
}
