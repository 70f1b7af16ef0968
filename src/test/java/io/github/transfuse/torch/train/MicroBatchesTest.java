package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.samples.ExampleBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

    private final List<String> notes = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    /** Loses memory above a size; the loss of a part is the mean of its targets. */
    private final class Limited implements MicroBatches.Pass {
        private final int most;

        Limited(int most) {
            this.most = most;
        }

        @Override
        public void restart() {
            sizes.clear();
        }

        @Override
        public double learn(ExampleBatch part, double share) {
            if (part.count() > most) {
                throw new IllegalStateException("CUDA out of memory. Tried to allocate much");
            }
            sizes.add(part.count());
            double sum = 0;
            for (float target : part.targets()) {
                sum += target;
            }
            return share * sum / part.count();
        }
    }

    private static ExampleBatch batch() {
        return new ExampleBatch(new int[] {5, 1, 1, 1}, new float[5], new float[] {1, 2, 3, 4, 5});
    }

    @Test
    void dividesABatchUntilItFitsAndSaysSo() {
        MicroBatches batches = new MicroBatches(new Limited(2));
        assertEquals(3, batches.learn(batch(), notes::add), 1e-12);
        assertEquals(List.of(2, 2, 1), sizes);
        assertEquals(2, notes.size());
        assertTrue(notes.get(1).contains("4 parts"), notes.get(1));

        assertEquals(3, batches.learn(batch(), notes::add), 1e-12);
        assertEquals(2, notes.size());
    }

    @Test
    void saysWhatToDoWhenNotEvenOneFits() {
        MicroBatches batches = new MicroBatches(new Limited(0));
        EngineOutOfMemoryException thrown =
                assertThrows(EngineOutOfMemoryException.class, () -> batches.learn(batch(), notes::add));
        assertTrue(thrown.getMessage().contains("tile_size"), thrown.getMessage());
    }
}
