package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
}
