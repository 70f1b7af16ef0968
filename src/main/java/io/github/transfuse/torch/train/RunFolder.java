package io.github.transfuse.torch.train;

import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.OneWriter;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The files of a training in its output folder: the checkpoint of the last epoch and of the one before, the best weights
 * and the history. The files of an epoch take their places together, so whatever happens there is a checkpoint to go on
 * from, and the others are those of its epoch.
 */
final class RunFolder implements AutoCloseable {

    /** Name of the checkpoint of the last finished epoch. */
    static final String CHECKPOINT = CheckpointFiles.LAST;

    /** Name of the checkpoint before {@link #CHECKPOINT}. */
    static final String PREVIOUS = CheckpointFiles.PREVIOUS;

    /** Name of the weights that were best on the validation examples, in float32. */
    static final String BEST = "best.safetensors";

    /** Name of the table of epochs. */
    static final String HISTORY = EpochTable.FILE;

    private final OneWriter writer;
    private final Path folder;
    private final TransFuseNetwork network;
    private final Optimizer optimizer;
    private final HistoryFile history;
    private Checkpoint state;

    /**
     * Starts anew, or restores network and optimiser if the plan says so.
     *
     * @param start what a new training starts from, in words
     * @throws IOException if the folder cannot be written, another training writes there, or there is no usable checkpoint to go on from
     */
    RunFolder(TrainingPlan plan, TransFuseNetwork network, Optimizer optimizer, String start) throws IOException {
        folder = plan.execution().output().folder();
        this.network = network;
        this.optimizer = optimizer;
        Files.createDirectories(folder);
        writer = OneWriter.of(folder)
                .orElseThrow(() -> new IOException("Another training writes into " + folder
                        + ". Wait for its end, or choose another output folder."));
        try {
            StagedFiles.sweep(folder);
            state = plan.start().resume()
                    ? Checkpoint.read(toResume(), network, optimizer)
                    : new Checkpoint(0, Selection.none(), Optional.empty(), start);
            history = new HistoryFile(folder.resolve(HISTORY), state.epoch());
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private Path toResume() throws IOException {
        Path last = folder.resolve(CHECKPOINT);
        if (!CheckpointFiles.areIn(folder)) {
            throw new IOException("There is no " + CHECKPOINT + " to resume in " + folder
                    + ". Give the output folder of a training that was stopped, or start without resume. A training that came"
                    + " to its end keeps one only with keep_checkpoints=true; its model can be started from with"
                    + " start_from.");
        }
        return Files.exists(last) ? last : folder.resolve(PREVIOUS);
    }

    /**
     * Takes the network as it is before the first epoch for the best so far: a start that no epoch betters is what remains.
     *
     * @param scores of the start
     */
    void startWith(Scores scores) throws IOException {
        write(() -> {
            try (StagedFiles files = StagedFiles.in(folder)) {
                // those of an earlier training in this folder do not belong to these weights
                files.remove(CHECKPOINT);
                files.remove(PREVIOUS);
                Safetensors.write(files.file(BEST), StateDict.store(network, DType.F32), Map.of());
                files.publish();
            }
            return this;
        });
        state = new Checkpoint(0, Selection.of(scores, 0), Optional.empty(), state.start());
    }

    /**
     * Judges the best weights so far anew: another score chose them. Network and optimiser are as before afterwards.
     *
     * @param judge of the network
     * @return the scores of the best weights
     */
    Scores judgeBest(Judge judge) throws IOException {
        TensorStore weights = Safetensors.open(best());
        for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet()) {
            StateDict.copy(weights.get(entry.getKey()), entry.getValue());
        }
        Scores scores = judge.score(network);
        Checkpoint.read(toResume(), network, optimizer);
        state = new Checkpoint(
                state.epoch(), Selection.of(scores, state.best().epoch()), state.ending(), state.start());
        return scores;
    }

    /** From now on the training ends early. */
    void end(EarlyEnd early) {
        state = new Checkpoint(state.epoch(), state.best(), Optional.of(early), state.start());
    }

    /** The training goes on with all of its epochs; its patience begins anew. */
    void goOn() {
        Selection best = state.best().risen(state.best().risenTo(), state.epoch());
        state = new Checkpoint(state.epoch(), best, Optional.empty(), state.start());
    }

    /** Scores a network. */
    @FunctionalInterface
    interface Judge {
        Scores score(TransFuseNetwork network) throws IOException;
    }

    /** Removes what is only needed to go on. */
    void clear() throws IOException {
        for (String name : List.of(CHECKPOINT, PREVIOUS, BEST)) {
            FolderTree.deleteOne(folder.resolve(name));
        }
    }

    /** Begins the files of an epoch. */
    Epoch begin() throws IOException {
        return write(() -> new Epoch(StagedFiles.in(folder)));
    }

    /** The files of an epoch; if they are not {@link #publish}ed, those of the epoch before stay. */
    final class Epoch implements AutoCloseable {
        private final StagedFiles files;

        private Epoch(StagedFiles files) {
            this.files = files;
        }

        /** Takes the network's weights as the best so far. */
        void keepBest() throws IOException {
            write(() -> {
                Safetensors.write(files.file(BEST), StateDict.store(network, DType.F32), Map.of());
                return this;
            });
        }

        /**
         * Makes the files of the finished epoch those to go on from; the checkpoint before is kept.
         *
         * @param memory of {@link Selection#after}
         */
        void publish(EpochReport report, double memory) throws IOException {
            Checkpoint reached =
                    new Checkpoint(report.epoch(), state.best().after(report, memory), state.ending(), state.start());
            write(() -> {
                files.keep(CHECKPOINT, PREVIOUS);
                reached.write(files.file(CHECKPOINT), network, optimizer);
                history.add(report, files.file(HISTORY));
                files.publish();
                return this;
            });
            state = reached;
        }

        @Override
        public void close() {
            files.close();
        }
    }

    private <T> T write(Writing<T> writing) throws IOException {
        try {
            return writing.run();
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw new IOException(
                        "The folder " + folder.getFileName()
                                + " was removed while the training wrote to it, and the checkpoints with it. Start again.",
                        e);
            }
            Path name = e instanceof UnwrittenFileException file ? file.file().getFileName() : Path.of(CHECKPOINT);
            throw new IOException(
                    name + " cannot be written to " + folder + " (" + UnwrittenFileException.reason(e)
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

    /** Writes a file. */
    @FunctionalInterface
    private interface Writing<T> {
        T run() throws IOException;
    }
}
