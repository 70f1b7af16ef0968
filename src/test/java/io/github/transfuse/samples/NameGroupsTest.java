package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameGroupsTest {
    @ParameterizedTest
    @CsvSource({
        "case07_slice3, case07",
        "case07-3, case07",
        "12L, 12",
        "Image_02R, Image_02",
        "A01_s1_w2, A01_s1",
        "cell 3 b, cell 3",
        "img_001,",
        "nuinsseg_008,",
        "003cee89357d9fe1,",
        "benign (12),",
        "img12,"
    })
    void aGroupHasANumberBeforeThatOfItsPart(String stem, String group) {
        assertEquals(Optional.ofNullable(group), NameGroups.of(stem));
    }

    private static List<Pair> pairs(String... stems) {
        return Stream.of(stems)
                .map(stem -> new Pair(stem, Path.of(stem + ".png"), Path.of(stem + "_mask.png")))
                .toList();
    }

    private static Split split(List<Pair> learned, List<Pair> judging) {
        return new Split(learned, judging, "", Map.of());
    }

    @Test
    void slicesOfOneCaseOnBothSidesAreTold() {
        List<Pair> learned = pairs("p1_1", "p1_2", "p2_1", "p3_1", "p3_2");
        assertEquals(
                List.of(
                        "By their names, images that are learned and images that judge are of one case (p1_3 and p1_1, p2_2"
                                + " and p2_1): if so, the figures are too good. Give validation=FILE.csv with lines of name and"
                                + " group."),
                PartsCheck.ofNames(split(learned, pairs("p1_3", "p2_2", "p2_3", "p4_1", "p4_2"))));
        assertEquals(List.of(), PartsCheck.ofNames(split(learned, pairs("p4_1", "p4_2"))), "all of a case on one side");
    }

    @Test
    void namesThatCountImagesOrAreTheirOwnGroupTellNothing() {
        assertEquals(List.of(), PartsCheck.ofNames(split(pairs("img_1", "img_2"), pairs("img_3"))));
        assertEquals(List.of(), PartsCheck.ofNames(split(pairs("a1_rgb", "a2_rgb"), pairs("a3_rgb"))));
        assertEquals(List.of(), PartsCheck.ofNames(split(pairs("scan2_1", "scan2_2"), pairs("scan2_3"))), "one group");
        assertEquals(
                List.of(),
                PartsCheck.ofNames(split(pairs("p1_1", "p2_1", "other"), pairs("p1_2", "p2_2"))),
                "names of several kinds");
    }

    @Test
    void piecesOfASlideAreOneImage() {
        List<Pair> learned = pairs("s1_x0_y0", "s2_x0_y0");
        assertEquals(List.of(), PartsCheck.ofNames(split(learned, pairs("s3_x0_y0", "s3_x512_y0"))));
    }

    @Test
    void groupsThatAUserGaveAreNotDoubted() {
        List<Pair> learned = pairs("p1_1", "p2_1");
        List<Pair> judging = pairs("p1_2", "p2_2");
        Map<String, String> units = Stream.concat(learned.stream(), judging.stream())
                .collect(Collectors.toMap(Pair::stem, pair -> pair.stem().endsWith("1") ? "left" : "right"));
        assertEquals(List.of(), PartsCheck.ofNames(new Split(learned, judging, "", units)));
        Map<String, String> own =
                Stream.concat(learned.stream(), judging.stream()).collect(Collectors.toMap(Pair::stem, Pair::stem));
        assertTrue(!PartsCheck.ofNames(new Split(learned, judging, "", own)).isEmpty(), "chosen by the program");
    }

    private static Split held(List<Pair> pairs) throws IOException {
        return Splitting.of("auto", pairs);
    }

    private static List<Pair> cases(int cases, IntUnaryOperator sizes) {
        return IntStream.range(0, cases)
                .boxed()
                .flatMap(i -> IntStream.range(0, sizes.applyAsInt(i)).mapToObj(j -> "p" + i + "_" + j))
                .flatMap(stem -> pairs(stem).stream())
                .toList();
    }

    @Test
    void whatNamesCallACaseStaysOnOneSide() throws IOException {
        for (int count : new int[] {5, 6, 11, 40}) {
            Split split = held(cases(count, i -> 2 + i % 3));
            assertEquals(List.of(), PartsCheck.ofNames(split));
            long validating = split.validation().stream()
                    .map(pair -> NameGroups.of(pair.stem()).orElseThrow())
                    .distinct()
                    .count();
            assertEquals(Math.max(2, (count + 4) / 5), validating, split.note());
            assertTrue(split.note().contains("cases, each with all images (by its name p0_0 is of p0)"), split.note());
            Set<String> both = split.training().stream()
                    .map(pair -> NameGroups.of(pair.stem()).orElseThrow())
                    .collect(Collectors.toSet());
            assertTrue(split.validation().stream()
                    .noneMatch(pair -> both.contains(NameGroups.of(pair.stem()).orElseThrow())));
        }
    }

    @Test
    void casesStayTogetherInFolds() throws IOException {
        List<Pair> pairs = cases(7, i -> 3);
        Folds folds = Folds.of("auto", pairs, 3);
        assertEquals(
                "All images of a case stay on one side, as their names tell (p0_0 is of p0).",
                folds.note().orElseThrow());
        for (UseList uses : folds.uses()) {
            Split split = uses.split(pairs, Path.of("uses.csv"));
            assertEquals(List.of(), PartsCheck.ofNames(split));
        }
        assertEquals(Optional.empty(), Folds.of("auto", cases(4, i -> 3), 3).note());
    }

    @Test
    void fewOrUnequalCasesAreToldAndNotKeptTogether() throws IOException {
        Split few = held(cases(4, i -> 5));
        assertTrue(few.note().contains("of 20 images"), few.note());
        assertEquals(1, PartsCheck.ofNames(few).size());
        // two of five cases judge, and one of them has nearly all images
        List<String> first = HeldBack.inOrder(List.of("p0", "p1", "p2", "p3", "p4"));
        Split unequal = held(cases(5, i -> first.get(0).equals("p" + i) ? 40 : 2));
        assertTrue(unequal.note().contains("of 48 images"), unequal.note());
        assertEquals(1, PartsCheck.ofNames(unequal).size());
    }
}
