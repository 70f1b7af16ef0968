package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A rare class must not be held back with all of its images. */
class ClassBalanceTest {
    private static final List<Pair> PAIRS = IntStream.range(0, 10)
            .mapToObj(i -> new Pair("case" + i, Path.of("c" + i), Path.of("m" + i)))
            .toList();

    private static final Split SPLIT = HeldBack.ofImages(PAIRS);

    private static Set<Integer> classes(List<Pair> pairs, Function<Pair, Set<Integer>> of) {
        Set<Integer> all = new HashSet<>();
        pairs.forEach(pair -> all.addAll(of.apply(pair)));
        return all;
    }

    @Test
    void aSplitWithEveryClassInWhatIsLearnedStays() {
        assertSame(SPLIT, ClassBalance.of(SPLIT, pair -> Set.of(0, 1)));
    }

    @Test
    void othersAreHeldBackWhereAClassWouldNotBeLearned() {
        Set<Pair> rare = Set.copyOf(SPLIT.validation().subList(0, 2));
        Function<Pair, Set<Integer>> of = pair -> rare.contains(pair) ? Set.of(0, 1, 2) : Set.of(0, 1);
        Split changed = ClassBalance.of(SPLIT, of);
        assertEquals(3, changed.validation().size());
        assertEquals(7, changed.training().size());
        assertEquals(Set.of(0, 1, 2), classes(changed.training(), of));
        long rareHeldBack = changed.validation().stream().filter(rare::contains).count();
        assertEquals(1, rareHeldBack, "of two images with the class one can judge");
        assertTrue(changed.note().contains("every class is learned"), changed.note());
    }

    @Test
    void everyClassInOneImageLeavesFewerToJudge() {
        Function<Pair, Set<Integer>> of = pair -> Set.of(0, PAIRS.indexOf(pair) < 8 ? 1 + PAIRS.indexOf(pair) : 1);
        Split changed = ClassBalance.of(SPLIT, of);
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8), classes(changed.training(), of));
        assertTrue(changed.validation().size() <= 2 && !changed.validation().isEmpty());
        assertTrue(changed.note().contains("too few to judge"), changed.note());
    }

    @Test
    void aUsersChoiceStays() {
        Split chosen = new Split(PAIRS.subList(1, 10), PAIRS.subList(0, 1), "mine", Map.of());
        assertSame(chosen, ClassBalance.of(chosen, pair -> Set.of(PAIRS.indexOf(pair))));
    }
}
