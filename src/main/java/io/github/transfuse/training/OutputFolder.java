package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a training, of which is asked before the examples are read whether it can take what will be written. What
 * ends with nothing in it leaves no folder that was not there before.
 */
final class OutputFolder implements AutoCloseable {
    /** Weights, and two moments of the optimiser. */
    private static final int VECTORS = 3;

    /** The last checkpoint, the one before, and the one that is being written. */
    private static final int CHECKPOINTS = 3;

    private static final long MEGABYTE = 1_000_000;

    private final TrainingPlan plan;
    private final boolean isNew;

    OutputFolder(TrainingPlan plan) {
        this.plan = plan;
        isNew = Files.notExists(path());
    }

    private Path path() {
        return plan.execution().output().folder();
    }

    /**
     * Makes the folder if it is missing.
     *
     * @throws UnwritableOutputException if nothing can be written there, or there is no room for the checkpoints
     */
    void require() throws IOException {
        ResultFiles.requireWritable(path());
        boolean averaged = plan.execution().averaging() > 0;
        requireRoom(
                path(),
                needed(plan.spec().network(), averaged),
                Files.getFileStore(path()).getUsableSpace());
    }

    @Override
    public void close() throws IOException {
        if (isNew) {
            try {
                Files.deleteIfExists(path());
            } catch (DirectoryNotEmptyException e) {
                // a model or a checkpoint: what the training was for
                return;
            }
        }
    }

    /** Bytes of the checkpoints, the best weights and the model. */
    static long needed(NetworkSpec network, boolean averaged) {
        long numbers = TransFuseSpec.of(network).needed().values().stream()
                .mapToLong(TensorSpec::count)
                .sum();
        int vectors = averaged ? VECTORS + 1 : VECTORS;
        return numbers * Float.BYTES * ((long) CHECKPOINTS * vectors + 2);
    }

    static void requireRoom(Path folder, long needed, long free) throws UnwritableOutputException {
        if (free < needed) {
            String room = "its checkpoints need " + needed / MEGABYTE + " MB, and " + free / MEGABYTE + " MB are free";
            throw new UnwritableOutputException(folder, room, null);
        }
    }
}
