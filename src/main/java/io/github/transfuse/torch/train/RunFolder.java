package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The files of a training in its output folder: the checkpoint of the last epoch and of the one before, the best weights
 * and the history. A file is replaced only when its successor is complete, so whatever happens there is a checkpoint to
 * go on from.
 */
final class RunFolder {

    /** Name of the checkpoint of the last finished epoch. */
    static final String CHECKPOINT = "checkpoint.safetensors";

    /** Name of the checkpoint before {@link #CHECKPOINT}. */
    static final String PREVIOUS = "checkpoint-previous.safetensors";

    /** Name of the weights that were best on the validation examples, in float32. */
    static final String BEST = "best.safetensors";

    /** Name of the table of epochs. */
    static final String HISTORY = EpochTable.FILE;

    private static final String NEXT = "checkpoint-next.safetensors";

    private final Path folder;
    private final TransFuseNetwork network;
    private final Optimizer optimizer;
    private final History history;
    private Checkpoint state;

    /**
     * Starts anew, or restores network and optimiser if the plan says so.
     *
     * @param start what a new training starts from, in words
     * @throws IOException if the folder cannot be written, or there is no usable checkpoint to go on from
     */
    RunFolder(TrainingPlan plan, TransFuseNetwork network, Optimizer optimizer, String start) throws IOException {
        folder = plan.execution().output().folder();
        this.network = network;
        this.optimizer = optimizer;
        Files.createDirectories(folder);
        StagedFiles.sweep(folder);
        state = plan.start().resume()
                ? Checkpoint.read(toResume(), network, optimizer)
                : new Checkpoint(0, -1, 0, start);
        history = new History(folder.resolve(HISTORY), state.epoch());
    }

    private Path toResume() throws IOException {
        Path last = folder.resolve(CHECKPOINT);
        Path previous = folder.resolve(PREVIOUS);
        if (!Files.exists(last) && !Files.exists(previous)) {
            throw new IOException("There is no " + CHECKPOINT + " to resume in " + folder
                    + ". Give the output folder of a training that was stopped, or start without resume.");
        }
        return Files.exists(last) ? last : previous;
    }

    /** Whether a validation Dice would be the best so far. */
    boolean isBest(double dice) {
        return dice > state.bestDice();
    }

    /** Writes the network's weights as the best so far. */
    void keepBest() throws IOException {
        write(BEST, () -> Safetensors.write(folder.resolve(BEST), StateDict.store(network, DType.F32), Map.of()));
    }

    /** Writes the checkpoint of a finished epoch; the one before is kept. */
    void keep(int epoch, double dice) throws IOException {
        boolean best = isBest(dice);
        state = new Checkpoint(epoch, best ? dice : state.bestDice(), best ? epoch : state.bestEpoch(), state.start());
        Path next = folder.resolve(NEXT);
        Path last = folder.resolve(CHECKPOINT);
        write(CHECKPOINT, () -> {
            state.write(next, network, optimizer);
            if (Files.exists(last)) {
                Files.move(last, folder.resolve(PREVIOUS), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(next, last, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private void write(String name, Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            throw new IOException(
                    name + " cannot be written to " + folder + " (" + e.getMessage()
                            + "). Earlier checkpoints are intact: make room or give the folder back its permissions,"
                            + " and go on with resume.",
                    e);
        }
    }

    /** Where the training is. */
    Checkpoint state() {
        return state;
    }

    /** Weights that were best so far; there are none before the first epoch ended. */
    Path best() {
        return folder.resolve(BEST);
    }

    /** Figures of all epochs. */
    History history() {
        return history;
    }

    /** Writes a file. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
