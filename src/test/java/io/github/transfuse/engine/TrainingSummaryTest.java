package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a training says before it begins. */
class TrainingSummaryTest {
    private static List<String> told(int training) {
        NetworkInfo network = new NetworkInfo(Device.CPU, Precision.BF16, List.of());
        return new TrainingSummary(training, 1, network, new MemoryEstimate(1L << 30), List.of("A note.")).sentences();
    }

    @Test
    void saysOneImage() {
        assertTrue(told(1).get(0).startsWith("Training on 1 image, validating on 1, on cpu in bf16; "), told(1).get(0));
        assertTrue(told(2).get(0).startsWith("Training on 2 images, "), told(2).get(0));
        assertEquals("A note.", told(2).get(1));
    }
}
