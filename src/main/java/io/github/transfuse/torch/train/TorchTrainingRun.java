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
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;

/** A training on the examples of a plan; see {@link Trainings#prepare}. */
final class TorchTrainingRun implements TrainingRun {

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
        BatchTensors.Form form = Trainings.form(plan, info.device());
        Augmenter augmenter = new Augmenter(plan.execution().augmentations(), form.classes() == 1);
        try (Trainer trainer = new Trainer(network, plan, form, stepsPerEpoch(), bf16());
                ExampleFeed feed = new ExampleFeed(
                        data.training(), augmenter, plan.schedule().seed(), FEED_THREADS)) {
            RunFolder folder = new RunFolder(plan, network, trainer.adam());
            epochs(trainer, feed, folder, listener);
            return plan.execution().output();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The training was interrupted.").initCause(e);
        }
    }

    private void epochs(Trainer trainer, ExampleFeed feed, RunFolder folder, TrainingListener listener)
            throws IOException, InterruptedException {
        Validation validation = new Validation(data.validation(), data.truths(), Trainings.form(plan, info.device()));
        int patience = plan.schedule().patience();
        for (int epoch = folder.state().epoch() + 1; epoch <= plan.schedule().epochs(); epoch++) {
            long start = System.nanoTime();
            Trainer.Pass pass = trainer.epoch(epoch, feed, data.training().get(0), listener);
            if (!pass.complete()) {
                return;
            }
            double trained = secondsSince(start);
            Scores scores = validation.score(network, bf16());
            boolean best = folder.keep(epoch, scores.dice());
            EpochReport.Timing timing = new EpochReport.Timing(
                    secondsSince(start),
                    data.training().size() / trained,
                    feed.waitedSeconds() / trained,
                    best,
                    validation.previews());
            EpochReport report = new EpochReport(epoch, plan.schedule().epochs(), pass.scores(), scores, timing);
            folder.history().add(report);
            listener.epoch(report);
            if (patience > 0 && epoch - folder.state().bestEpoch() >= patience) {
                listener.note("Stopped early: no better validation for " + patience + " epochs.");
                return;
            }
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private boolean bf16() {
        return info.precision() == Precision.BF16;
    }

    private int stepsPerEpoch() {
        int batch = plan.schedule().batchSize();
        return Math.max(1, (data.training().size() + batch - 1) / batch);
    }

    @Override
    public void close() {
        network.close();
    }
}
