package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A training on the examples of a plan; see {@link Trainings#prepare}. */
final class TorchTrainingRun implements TrainingRun {

    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String BEST = "best.safetensors";
    private static final String HISTORY = "history.csv";
    private static final int FEED_THREADS = 2;

    private final TrainingPlan plan;
    private final TrainingData data;
    private final TransFuseNetwork network;
    private final NetworkInfo info;
    private final List<String> notes;

    TorchTrainingRun(
            TrainingPlan plan, TrainingData data, TransFuseNetwork network, NetworkInfo info, List<String> notes) {
        this.plan = plan;
        this.data = data;
        this.network = network;
        this.info = info;
        this.notes = notes;
    }

    @Override
    public TrainingSummary summary() {
        return new TrainingSummary(data.training().size(), data.validation().size(), info, 0, notes);
    }

    @Override
    public Path run(TrainingListener listener) throws IOException {
        Path output = plan.execution().output();
        Files.createDirectories(output);
        boolean bf16 = info.precision() == Precision.BF16;
        BatchTensors.Form form = Trainings.form(plan, info.device());
        Validation validation = new Validation(data.validation(), data.truths(), form);
        Augmenter augmenter = new Augmenter(plan.execution().augmentations(), form.classes() == 1);
        int batch = plan.schedule().batchSize();
        int steps = Math.max(1, (data.training().size() + batch - 1) / batch);
        try (Trainer trainer = new Trainer(network, plan, form, steps, bf16);
                ExampleFeed feed = new ExampleFeed(
                        data.training(), augmenter, plan.schedule().seed(), FEED_THREADS)) {
            Checkpoint state = new Checkpoint(0, -1, 0);
            if (plan.start().resume()) {
                state = Checkpoint.read(output.resolve(CHECKPOINT), network, trainer.adam());
            }
            History history = new History(output.resolve(HISTORY), state.epoch());
            for (int epoch = state.epoch() + 1; epoch <= plan.schedule().epochs(); epoch++) {
                long start = System.nanoTime();
                Trainer.Pass pass = trainer.epoch(epoch, feed, data.training().get(0), listener);
                if (!pass.complete()) {
                    break;
                }
                double trained = (System.nanoTime() - start) / 1e9;
                Scores scores = validation.score(network, bf16);
                boolean best = scores.dice() > state.bestDice();
                state = new Checkpoint(
                        epoch, best ? scores.dice() : state.bestDice(), best ? epoch : state.bestEpoch());
                if (best) {
                    Safetensors.write(output.resolve(BEST), StateDict.store(network, DType.F32), Map.of());
                }
                state.write(output.resolve(CHECKPOINT), network, trainer.adam());
                EpochReport.Timing timing = new EpochReport.Timing(
                        (System.nanoTime() - start) / 1e9,
                        data.training().size() / trained,
                        feed.waitedSeconds() / trained,
                        best,
                        List.of());
                EpochReport report = new EpochReport(epoch, plan.schedule().epochs(), pass.scores(), scores, timing);
                history.add(report);
                listener.epoch(report);
                if (plan.schedule().patience() > 0
                        && epoch - state.bestEpoch() >= plan.schedule().patience()) {
                    listener.note("Stopped early: no better validation for "
                            + plan.schedule().patience() + " epochs.");
                    break;
                }
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The training was interrupted.").initCause(e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
