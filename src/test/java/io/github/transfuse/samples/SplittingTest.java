package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** At least three, a fifth, at most fifty; of four two and of fewer one, which cannot judge. */
    @ParameterizedTest
    @CsvSource({
        "2,1", "3,1", "4,2", "5,3", "6,3", "10,3", "15,3", "16,4", "20,4", "21,5", "100,20", "250,50", "251,50",
        "2000,50"
    })
    void autoHoldsBackEnoughToJudge(int images, int judging) throws IOException {
        Split split = Splitting.of("auto", pairs(images));
        assertEquals(judging, split.validation().size());
        assertEquals(images - judging, split.training().size());
        assertTrue(Collections.disjoint(stems(split.training()), stems(split.validation())));
        assertEquals(images < 5, split.note().contains("too few to judge"), split.note());
        assertTrue(split.note().contains(judging + " of " + images + " images"), split.note());
    }

    /** What was held back when bundled models were made is held back first, so that they are not judged by what they know. */
    @Test
    void autoTakesTheSmallestChecksumsModuloTen() throws IOException {
        Split split = Splitting.of("auto", pairs(200));
        long last = split.validation().stream()
                .mapToLong(pair -> checksum(pair.stem()) % 10)
                .max()
                .orElseThrow();
        assertTrue(split.training().stream().allMatch(pair -> checksum(pair.stem()) % 10 >= last));
        List<Pair> mixed = new ArrayList<>(pairs(200));
        Collections.shuffle(mixed, new Random(1));
        Set<String> again = new HashSet<>(stems(Splitting.of("auto", mixed).validation()));
        assertEquals(again, new HashSet<>(stems(split.validation())), "the order of files does not matter");
    }

    private static long checksum(String stem) {
        CRC32 crc = new CRC32();
        crc.update(stem.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static List<Pair> named(Stream<String> stems) {
        return stems.map(stem -> new Pair(stem, Path.of(stem + ".png"), Path.of(stem + "_m.png")))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_x512_y%d_z0_t0", "_x0_y%d_z1_t0_2", "-plane%04d", "-x7-y%d", "_x1_y%d"})
    void partsOfOneImageAreNeverOnBothSides(String part) throws IOException {
        List<Pair> pairs = named(IntStream.range(0, 60)
                .mapToObj(i -> "slide" + i % 6 + ".svs" + String.format(Locale.ROOT, part, i / 6)));
        Split split = Splitting.of("auto", pairs);
        assertEquals(30, split.validation().size(), "3 of 6 slides with all of their parts");
        Set<String> judging = slides(split.validation());
        judging.retainAll(slides(split.training()));
        assertEquals(Set.of(), judging);
        assertFalse(split.note().contains("too few"), split.note());
    }

    private static Set<String> slides(List<Pair> pairs) {
        return new HashSet<>(
                pairs.stream().map(pair -> pair.stem().substring(0, 6)).toList());
    }

    /** Slices of one stack: a block of neighbours judges, not slices between those that are learned. */
    @Test
    void ofOneStackAMiddleBlockJudges() throws IOException {
        Split split = Splitting.of(
                "auto", named(IntStream.range(0, 20).mapToObj(i -> String.format(Locale.ROOT, "s-plane%04d", i))));
        assertEquals(List.of("s-plane0008", "s-plane0009", "s-plane0010", "s-plane0011"), stems(split.validation()));
        assertTrue(split.note().contains("parts of one image") && split.note().contains("too few"), split.note());
        Split quarters = Splitting.of("auto", named(IntStream.rangeClosed(1, 4).mapToObj(i -> "photo-part" + i)));
        assertEquals(2, quarters.validation().size());
    }

    @Test
    void namesThatOnlyLookAlikeAreImages() throws IOException {
        Split split = Splitting.of("auto", named(IntStream.range(0, 10).mapToObj(i -> "case-000" + i)));
        assertEquals(3, split.validation().size());
        assertTrue(split.note().contains("3 of 10 images"), split.note());
    }

    @Test
    void aUsersOwnChoiceOfFewIsTaken() throws IOException {
        Path list = Files.writeString(folder.resolve("val.txt"), "case1\ncase3\n");
        assertTrue(Splitting.of(list.toString(), pairs(50)).note().contains("2 validate: too few to judge"));
        Files.writeString(list, "case1\ncase3\ncase4\n");
        assertFalse(Splitting.of(list.toString(), pairs(50)).note().contains("too few"));
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

    /** As {@code ls}, a spreadsheet or a file manager gives them. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s.png", "images/%s.png", "C:\\data\\%s.png", "%s.nii.gz"})
    void namesMayBeThoseOfFiles(String form) throws IOException {
        Path list = Files.writeString(folder.resolve("val.txt"), form.formatted("case1") + "\n");
        assertEquals(
                List.of("case1"), stems(Splitting.of(list.toString(), pairs(3)).validation()));
        Path csv = Files.writeString(
                folder.resolve("uses.csv"),
                "name,use\n" + form.formatted("case0") + ",training\n" + form.formatted("case1") + ",validation\n"
                        + form.formatted("case2") + ",test\n");
        Split split = Splitting.of(csv.toString(), pairs(3));
        assertEquals(List.of("case0"), stems(split.training()));
        assertEquals(List.of("case1"), stems(split.validation()));
        Files.writeString(
                csv,
                form.formatted("case0") + ",a\n" + form.formatted("case1") + ",b\n" + form.formatted("case2") + ",a\n");
        assertEquals(
                2,
                Splitting.of(csv.toString(), pairs(3)).units().values().stream()
                        .distinct()
                        .count());
    }

    /** What is left out to test would be learned if its use were taken for a group. */
    @ParameterizedTest
    @ValueSource(strings = {"%s,%s", "%s;%s", "%s\t%s", "\"%s\",\"%s\"", "\"%s\" ; \"%s\"", "%s , %s"})
    void usesMayBeWrittenAsSpreadsheetsDo(String form) throws IOException {
        Path csv = folder.resolve("uses.csv");
        String begin = form.formatted("Name", "Use") + "\n" + form.formatted("case0", "training") + "\n"
                + form.formatted("case1", "Validation") + "\n" + form.formatted("case2", "");
        Files.writeString(csv, begin.replace(form.formatted("case2", ""), form.formatted("case2", "test")));
        Split split = Splitting.of(csv.toString(), pairs(3));
        assertEquals(List.of("case0"), stems(split.training()));
        assertEquals(List.of("case1"), stems(split.validation()));
        Files.writeString(csv, begin.replace(form.formatted("case2", ""), form.formatted("case2", "train")));
        SamplesException wrong = assertThrows(SamplesException.class, () -> Splitting.of(csv.toString(), pairs(3)));
        assertTrue(wrong.getMessage().contains("training, validation or test"), wrong.getMessage());
    }

    @Test
    void oneImageHasOneLine() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("uses.csv"), "name,use\ncase0,training\ncase1,validation\ncase1.png,test\n");
        SamplesException twice = assertThrows(SamplesException.class, () -> Splitting.of(csv.toString(), pairs(2)));
        assertTrue(twice.getMessage().contains("two lines for 'case1'"), twice.getMessage());
        Files.writeString(csv, "case0,a\ncase1,b\ncase1.png,a\n");
        SamplesException groups = assertThrows(SamplesException.class, () -> Splitting.of(csv.toString(), pairs(2)));
        assertTrue(groups.getMessage().contains("'b' and 'a'"), groups.getMessage());
    }

    /** As spreadsheets and editors save them. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void listsMayBeginWithAByteOrderMark(String encoding) throws IOException {
        Path list = folder.resolve("val.txt");
        Files.write(list, "\uFEFFcase1\r\ncase3\r\n".getBytes(Charset.forName(encoding)));
        assertEquals(
                List.of("case1", "case3"),
                stems(Splitting.of(list.toString(), pairs(5)).validation()));
        Path groups = folder.resolve("groups.csv");
        Files.write(
                groups,
                "\uFEFFcase0,a\r\ncase1,b\r\ncase2,c\r\ncase3,d\r\ncase4,e\r\n".getBytes(Charset.forName(encoding)));
        assertTrue(Splitting.of(groups.toString(), pairs(5)).validation().size() > 0);
    }

    @Test
    void groupsStayTogether() throws IOException {
        StringBuilder csv = new StringBuilder("frame,sequence\n");
        for (int i = 0; i < 60; i++) {
            csv.append("case").append(i).append(',').append(i / 3).append('\n');
        }
        Path file = Files.writeString(folder.resolve("groups.csv"), csv);
        Split split = Splitting.of(file.toString(), pairs(60));
        assertEquals(3 * 4, split.validation().size(), "a fifth of the 20 groups");
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
