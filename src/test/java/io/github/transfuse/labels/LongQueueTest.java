package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongQueueTest {
    @Test
    void growingWhileWrappedLosesNothing() {
        LongQueue queue = new LongQueue();
        for (int i = 0; i < 50; i++) {
            queue.add(i);
            assertEquals(i, queue.remove());
        }
        for (int i = 0; i < 200; i++) {
            queue.add(i);
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(i, queue.remove());
        }
    }

    @Test
    void isLikeTheQueueOfTheJdk() {
        Random random = new Random(1);
        LongQueue queue = new LongQueue();
        Queue<Long> expected = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            // a long wave of more adding, then more removing, so that it grows at many places of its head
            boolean add = random.nextDouble() < (i / 1000 % 2 == 0 ? 0.7 : 0.4);
            if (add || expected.isEmpty()) {
                queue.add(i);
                expected.add((long) i);
            } else {
                assertEquals(expected.remove(), queue.remove());
            }
            assertEquals(expected.isEmpty(), queue.isEmpty());
        }
    }
}
