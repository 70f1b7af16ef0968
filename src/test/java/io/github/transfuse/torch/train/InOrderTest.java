package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads work, and nobody sees it in the results. */
class InOrderTest {
    private static final int COUNT = 50;

    private static int slowAtFirst(int index) {
        try {
            Thread.sleep(Math.max(0, 10 - index));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return index;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void resultsComeInOrder(int threads) throws IOException {
        List<Integer> taken = new ArrayList<>();
        InOrder.run(COUNT, threads, InOrderTest::slowAtFirst, taken::add);
        assertEquals(IntStream.range(0, COUNT).boxed().toList(), taken);
    }

    @Test
    void oneThreadIsTheCallingOne() throws IOException {
        Set<String> names = new ConcurrentSkipListSet<>();
        InOrder.run(3, 1, i -> names.add(Thread.currentThread().getName()), added -> {});
        assertEquals(Set.of(Thread.currentThread().getName()), names);
        InOrder.run(3, 2, i -> names.add(Thread.currentThread().getName()), added -> {});
        assertTrue(names.contains("TransFuse validation"), names.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFailureComesThroughAndEndsTheWork(int threads) {
        List<Integer> taken = new ArrayList<>();
        IOException thrown = assertThrows(
                IOException.class,
                () -> InOrder.run(
                        COUNT,
                        threads,
                        i -> {
                            if (i == 5) {
                                throw new IOException("unreadable");
                            }
                            return i;
                        },
                        taken::add));
        assertEquals("unreadable", thrown.getMessage());
        assertEquals(List.of(0, 1, 2, 3, 4), taken);
    }
}
