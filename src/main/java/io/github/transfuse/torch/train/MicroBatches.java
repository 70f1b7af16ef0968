package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.samples.ExampleBatch;
import io.github.transfuse.torch.nn.OutOfMemory;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Learns from a batch in as many parts as memory calls for: gradients of the parts add up to those of the whole, but for
 * batch statistics, which are those of a part. Once memory ran out, the smaller parts stay.
 */
final class MicroBatches {

    private final Pass pass;
    private int parts = 1;

    /** Forward and backward of a part. */
    interface Pass {
        /** Forgets the gradients. */
        void restart();

        /**
         * Adds the gradients of a part.
         *
         * @param share of the part in the whole batch, which its loss is multiplied with
         * @return the part's loss, times its share
         */
        double learn(ExampleBatch part, double share);
    }

    MicroBatches(Pass pass) {
        this.pass = pass;
    }

    /**
     * Computes the gradients of a batch.
     *
     * @param note told when the batch had to be divided
     * @return the loss of the batch
     * @throws EngineOutOfMemoryException if not even single examples fit
     */
    double learn(ExampleBatch batch, Consumer<String> note) {
        while (true) {
            try {
                return inParts(batch);
            } catch (RuntimeException e) {
                if (!(e instanceof EngineOutOfMemoryException) && !OutOfMemory.isBehind(e)) {
                    throw e;
                }
                divide(batch, e, note);
            }
        }
    }

    private double inParts(ExampleBatch batch) {
        pass.restart();
        int size = (batch.count() + parts - 1) / parts;
        double loss = 0;
        for (int from = 0; from < batch.count(); from += size) {
            int to = Math.min(from + size, batch.count());
            ExampleBatch part = parts == 1 ? batch : batch.part(from, to);
            loss += pass.learn(part, (double) (to - from) / batch.count());
        }
        return loss;
    }

    private void divide(ExampleBatch batch, RuntimeException cause, Consumer<String> note) {
        if (parts >= batch.count()) {
            throw new EngineOutOfMemoryException(
                    "There is not enough memory to learn from a single example of "
                            + Arrays.stream(batch.shape())
                                    .skip(2)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(" x "))
                            + " pixels. Choose a smaller input_size or tile_size, or variant T.",
                    cause);
        }
        parts *= 2;
        note.accept("Memory ran out: each batch of " + batch.count() + " is now learned in " + parts
                + " parts whose gradients are added up. It takes longer; batch statistics are those of the parts.");
    }
}
