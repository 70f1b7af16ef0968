package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of a training in its output folder: the checkpoint of each epoch, the best weights and the history. */
final class RunFolder {

    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String BEST = "best.safetensors";
    private static final String HISTORY = "history.csv";

    private final Path folder;
    private final TransFuseNetwork network;
    private final Adam adam;
    private final History history;
    private Checkpoint state = new Checkpoint(0, -1, 0);

    /** Starts anew, or restores network and optimiser if the plan says so. */
    RunFolder(TrainingPlan plan, TransFuseNetwork network, Adam adam) throws IOException {
        folder = plan.execution().output();
        this.network = network;
        this.adam = adam;
        Files.createDirectories(folder);
        if (plan.start().resume()) {
            state = Checkpoint.read(folder.resolve(CHECKPOINT), network, adam);
        }
        history = new History(folder.resolve(HISTORY), state.epoch());
    }

    /** Writes the checkpoint of a finished epoch, and its weights if they are the best so far; returns whether. */
    boolean keep(int epoch, double dice) throws IOException {
        boolean best = dice > state.bestDice();
        if (best) {
            Safetensors.write(folder.resolve(BEST), StateDict.store(network, DType.F32), Map.of());
        }
        state = new Checkpoint(epoch, best ? dice : state.bestDice(), best ? epoch : state.bestEpoch());
        state.write(folder.resolve(CHECKPOINT), network, adam);
        return best;
    }

    /** Where the training is. */
    Checkpoint state() {
        return state;
    }

    /** Figures of all epochs. */
    History history() {
        return history;
    }
}
