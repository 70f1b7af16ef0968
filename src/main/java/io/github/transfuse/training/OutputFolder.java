package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a training can write what it will, asked before the examples are read. */
final class OutputFolder {
    /** Weights, and two moments of the optimiser. */
    private static final int VECTORS = 3;

    /** The last checkpoint, the one before, and the one that is being written. */
    private static final int CHECKPOINTS = 3;

    private static final long MEGABYTE = 1_000_000;

    private OutputFolder() {}

    /**
     * Makes the folder if it is missing.
     *
     * @throws UnwritableOutputException if nothing can be written there, or there is no room for the checkpoints
     */
    static void check(TrainingPlan plan) throws IOException {
        Path folder = plan.execution().output().folder();
        ResultFiles.requireWritable(folder);
        boolean averaged = plan.execution().averaging() > 0;
        requireRoom(
                folder,
                needed(plan.spec().network(), averaged),
                Files.getFileStore(folder).getUsableSpace());
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
