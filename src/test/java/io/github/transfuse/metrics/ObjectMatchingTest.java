package io.github.transfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ObjectMatchingTest {
    @Test
    void pairsAboveHalfCount() {
        // 1-7: IoU 3/4; 2-8: exactly 1/2, not above; 9 is missed
        ObjectMatching m =
                ObjectMatching.of(Shapes.row(1, 1, 1, 0, 2, 2, 0, 0), Shapes.row(7, 7, 7, 7, 8, 0, 0, 9), 0.5);
        assertEquals(new ObjectMatching(1, 2, 3, 0.75), m);
        assertEquals(2d / 5, m.f1(), 1e-15);
    }

    @Test
    void anObjectCutInTwoIsOneMissAndTwoWrong() {
        ObjectMatching m = ObjectMatching.of(Shapes.row(1, 1, 2, 2), Shapes.row(5, 5, 5, 5), 0.5);
        assertEquals(0, m.matched());
        assertEquals(0, m.f1());
        assertEquals(Double.NaN, m.meanIou());
    }

    @Test
    void belowHalfTheBestPairIsTakenFirst() {
        // 1-5: 1/4; 1-6: 2/4; 2-6: 1/4: greedy takes 1-6, which leaves 2 and 5 alone
        ObjectMatching m = ObjectMatching.of(Shapes.row(1, 1, 1, 2, 0), Shapes.row(5, 6, 6, 6, 5), 0.2);
        assertEquals(1, m.matched());
        assertEquals(0.5, m.meanIou(), 1e-15);
    }

    @Test
    void emptyImages() {
        assertEquals(
                1, ObjectMatching.of(Shapes.row(0, 0), Shapes.row(0, 0), 0.5).f1());
        assertEquals(
                0, ObjectMatching.of(Shapes.row(1, 0), Shapes.row(0, 0), 0.5).f1());
        assertEquals(
                0, ObjectMatching.of(Shapes.row(0, 0), Shapes.row(0, 3), 0.5).f1());
        assertThrows(IllegalArgumentException.class, () -> ObjectMatching.of(Shapes.row(0, 0), Shapes.row(0, 0), 1));
    }
}
