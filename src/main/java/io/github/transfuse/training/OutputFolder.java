package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
     * Makes sure that a new model has a folder of its own: its pictures would be taken for images by the next training.
     *
     * @throws SettingException if it is that of the images or masks
     */
    static void requireOther(Settings settings) throws IOException {
        if (!settings.has(Keys.OUTPUT) || settings.get(Keys.RESUME)) {
            return;
        }
        Path output = settings.folder(Keys.OUTPUT);
        for (OptionalKey<String> key : List.of(Keys.IMAGES, Keys.MASKS)) {
            // Titles of images that are open in ImageJ are no folders
            Path folder = settings.has(key) ? settings.folder(key) : output.resolve("none");
            if (Files.isDirectory(output) && Files.isDirectory(folder) && Files.isSameFile(output, folder)) {
                throw new SettingException("output = " + output + " is the folder of the " + key.name()
                        + ". Choose another folder for the model.");
            }
        }
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
