package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds test each image once, and keep together what belongs together. */
class FoldsTest {
    @TempDir
    Path folder;

    private static List<Pair> pairs(List<String> stems) {
        return stems.stream()
                .map(stem -> new Pair(stem, Path.of(stem), Path.of(stem)))
                .toList();
    }

    private static void assertNested(List<Pair> pairs, List<UseList> folds, UnaryOperator<String> unit) {
        Set<String> tested = new HashSet<>();
        for (UseList fold : folds) {
            assertEquals(
                    pairs.stream().map(Pair::stem).collect(Collectors.toSet()),
                    fold.uses().keySet());
            TreeMap<String, Set<UseList.Use>> sides = new TreeMap<>();
            fold.uses().forEach((stem, use) -> {
                sides.computeIfAbsent(unit.apply(stem), u -> new HashSet<>()).add(use);
                if (use == UseList.Use.TEST) {
                    assertTrue(tested.add(stem), stem + " is tested twice");
                }
            });
            assertTrue(sides.values().stream().allMatch(uses -> uses.size() == 1), sides::toString);
            assertEquals(Set.of(UseList.Use.values()), new HashSet<>(fold.uses().values()));
        }
        assertEquals(pairs.size(), tested.size());
    }

    @Test
    void everyImageTestsOnceAndPartsStayTogether() throws IOException {
        List<Pair> pairs = pairs(IntStream.range(0, 23)
                .mapToObj(i -> i % 2 == 0 ? List.of("photo" + i) : List.of("s" + i + "-part1", "s" + i + "-part2"))
                .flatMap(List::stream)
                .toList());
        List<UseList> folds = Folds.of("auto", pairs, 5).uses();
        assertNested(pairs, folds, PartNames::imageOf);
        Set<Long> sizes = folds.stream()
                .map(fold -> fold.uses().entrySet().stream()
                        .filter(use -> use.getValue() == UseList.Use.TEST)
                        .map(use -> PartNames.imageOf(use.getKey()))
                        .distinct()
                        .count())
                .collect(Collectors.toSet());
        assertEquals(Set.of(4L, 5L), sizes, "folds are of one size");
    }

    @Test
    void patientsStayTogether() throws IOException {
        List<Pair> pairs =
                pairs(IntStream.range(0, 40).mapToObj(i -> "scan" + i).toList());
        UnaryOperator<String> patient = stem -> "p" + Integer.parseInt(stem.substring(4)) % 7;
        Path file = folder.resolve("patients.csv");
        Files.writeString(
                file,
                pairs.stream()
                        .map(pair -> pair.stem() + "," + patient.apply(pair.stem()))
                        .collect(Collectors.joining("\n", "name,group\n", "\n")));
        assertNested(pairs, Folds.of(file.toString(), pairs, 3).uses(), patient);
        assertEquals(Optional.empty(), Folds.of(file.toString(), pairs, 3).note());
        String said = assertThrows(SamplesException.class, () -> Folds.of(file.toString(), pairs, 8))
                .getMessage();
        assertTrue(said.contains("There are 7 images or groups: too few for folds=8"), said);
    }

    @Test
    void aListOfUsesIsWrittenAndReadAndSplitsATraining() throws IOException {
        List<Pair> pairs = pairs(List.of("a", "b,\"c\"", "=d", "e", "f", "'quoted"));
        UseList fold = Folds.of("auto", pairs, 3).uses().get(1);
        Path file = folder.resolve("split.csv");
        Files.writeString(file, fold.text());
        assertEquals(fold, UseList.read(file));
        Split split = Splitting.of(file.toString(), pairs);
        assertEquals(fold.of(pairs, UseList.Use.TRAINING), split.training());
        assertEquals(fold.of(pairs, UseList.Use.VALIDATION), split.validation());
        assertTrue(split.note().contains("2 are left out to test"), split.note());
        Files.writeString(file, "name,use\na,training\na,test\n");
        assertThrows(SamplesException.class, () -> UseList.read(file));
        Files.writeString(file, "name,use\na,learn\n");
        assertThrows(SamplesException.class, () -> UseList.read(file));
    }

    @Test
    void whatValidatesIsNotChosenBesides() throws IOException {
        Path file = Files.writeString(folder.resolve("names.txt"), "a\n");
        String said = assertThrows(
                        SamplesException.class, () -> Folds.of(file.toString(), pairs(List.of("a", "b", "c", "d")), 2))
                .getMessage();
        assertTrue(said.contains("cannot choose"), said);
    }
}
