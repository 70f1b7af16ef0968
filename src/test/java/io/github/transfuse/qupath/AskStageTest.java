package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The buttons at the lower end of a window are on the screen. */
class AskStageTest {
    @Test
    void aWindowThatGrowsMovesUp() {
        assertEquals(120, AskStage.top(120, 700, 0, 1000));
        assertEquals(50, AskStage.top(120, 950, 0, 1000));
        assertEquals(30, AskStage.top(120, 1200, 30, 1000), "not above the screen");
        assertEquals(-5, AskStage.top(-5, 1200, 0, 1000), "and never down");
    }
}
