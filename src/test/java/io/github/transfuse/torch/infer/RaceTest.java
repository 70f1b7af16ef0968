package io.github.transfuse.torch.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {

    private final FakeClock clock = new FakeClock();

    @Test
    void theBestOfSeveralRoundsCounts() {
        var disturbed = clock.new Operation(90_000, 70_000, 80_000, 10_000, 95_000);
        var even = clock.new Operation(20_000);
        assertArrayEquals(new long[] {10_000, 20_000}, new Race(clock).best(List.of(disturbed, even)));
        assertEquals(Race.MAX_ROUNDS, disturbed.calls());
        assertEquals(Race.MAX_ROUNDS, even.calls());
    }

    @Test
    void theyRunInTurn() {
        List<String> order = new ArrayList<>();
        var step = clock.new Operation(Race.BUDGET_NANOS);
        new Race(clock).best(List.of(() -> order.add("a"), () -> order.add("b"), step));
        assertEquals(List.of("a", "b", "a", "b", "a", "b"), order);
    }

    @Test
    void aSlowRaceEndsWithItsFewestRounds() {
        var slow = clock.new Operation(Race.BUDGET_NANOS);
        var slower = clock.new Operation(2 * Race.BUDGET_NANOS);
        new Race(clock).best(List.of(slow, slower));
        assertEquals(Race.MIN_ROUNDS, slow.calls());
    }

    @Test
    void theBudgetEndsARaceBetweenFewestAndMost() {
        var half = clock.new Operation(Race.BUDGET_NANOS / 10);
        new Race(clock).best(List.of(half, half));
        assertEquals(12, half.calls(), "six rounds of two");
    }

    @Test
    void whatHasLostIsNotTimedForLong() {
        var fast = clock.new Operation(1_000);
        var lost = clock.new Operation(9_000);
        new Race(clock).best(List.of(fast, lost));
        assertEquals(Race.MIN_ROUNDS, lost.calls());
    }

    /** Reference code of libtorch can take seconds for a call. */
    @Test
    void whatIsHopelessIsTimedOnce() {
        var fast = clock.new Operation(1_000);
        var hopeless = clock.new Operation(Race.PATIENCE_NANOS + 1);
        new Race(clock).best(List.of(fast, hopeless));
        assertEquals(1, hopeless.calls());
    }

    @Test
    void aFirstRoundThatPreparesKernelsLosesNothing() {
        var fast = clock.new Operation(1_000);
        var prepared = clock.new Operation(900_000, 500, 500);
        assertArrayEquals(new long[] {1_000, 500}, new Race(clock).best(List.of(fast, prepared)));
    }

    @Test
    void aClockThatIsTooCoarseDividesNothingByZero() {
        assertArrayEquals(new long[] {1}, new Race(clock).best(List.of(clock.new Operation(0))));
    }

    /** Other programs take the processor away, as sleeping gives it away. */
    @Test
    void whereProcessorTimeIsCountedWaitingIsFree() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "counts in steps of 16 ms");
        Runnable waits = () -> {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertTrue(Race.onThisThread().best(List.of(waits))[0] < 15_000_000);
    }
}
