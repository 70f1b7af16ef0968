package io.github.transfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void meanAndSampleDeviationWithoutNaN() {
        Summary summary = Summary.of(2, 4, Double.NaN, 4, 4, 5, 5, 7, 9);
        assertEquals(5, summary.mean(), 1e-15);
        assertEquals(Math.sqrt(32d / 7), summary.sd(), 1e-15);
        assertEquals(8, summary.n());
        assertEquals("5.0000 \u00b1 2.1381 (n = 8)", summary.toString());
    }

    @Test
    void fewValues() {
        assertEquals(new Summary(3, 0, 1), Summary.of(3));
        assertEquals(new Summary(Double.NaN, Double.NaN, 0), Summary.of(Double.NaN));
    }
}
