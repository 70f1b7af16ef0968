package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.MemoryEstimate;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;

/** A training on the examples of a plan; see {@link Trainings#prepare}. */
final class TorchTrainingRun implements TrainingRun {

    private static final int FEED_THREADS = 2;

    /** Beside a network on a GPU cores are free. */
    private static final int FEED_THREADS_OF_GPU = 4;

    private final TrainingPlan plan;
    private final ExampleSet data;
    private final TransFuseNetwork network;
    private final NetworkInfo info;
    private final Told told;

    TorchTrainingRun(TrainingPlan plan, ExampleSet data, TransFuseNetwork network, NetworkInfo info, Told told) {
        this.plan = plan;
        this.data = data;
        this.network = network;
        this.info = info;
        this.told = told;
    }

    @Override
    public TrainingSummary summary() {
        return new TrainingSummary(
                data.training().size(),
                data.validation().size(),
                info,
                MemoryEstimate.of(plan, info.precision(), data.sizeInBytes()),
                told.notes());
    }

    /**
     * What people are told.
     *
     * @param notes all that is said before the training
     * @param start what it starts from, for the record of the model
     */
    record Told(List<String> notes, String start) {}

    /**
     * {@inheritDoc}
     *
     * @throws CancellationException if asked to stop before the first epoch ended: there are no weights to keep then
     */
    @Override
    public Path run(TrainingListener listener) throws IOException {
        BatchTensors.Form form = Trainings.form(plan, info);
        Validation validation = new Validation(data, plan, form, listener::note);
        try (ExampleFeed feed = PlannedExamples.feed(plan, data, feedThreads(form));
                Trainer trainer = new Trainer(network, plan, form, stepsPerEpoch(feed), bf16());
                RunFolder folder = new RunFolder(plan, network, trainer.optimizer(), told.start())) {
            Loop loop = new Loop(trainer, feed, folder, validation, listener);
            if (memory() > 1) {
                listener.note(String.format(
                        "Few images judge: the best epoch is chosen by the mean score of about %.0f epochs.",
                        memory()));
            }
            scoreStart(loop);
            judgeBestAnew(loop);
            boolean ended = epochs(loop);
            if (folder.state().epoch() == 0) {
                throw new CancellationException("The training was stopped before its first epoch ended:"
                        + " there are no weights to keep yet.");
            }
            Path model = new FinishedModel(plan, data, validation, info, told.notes())
                    .write(network, folder.best(), folder.state(), ended, listener)
                    .path();
            if (ended && !plan.execution().output().keepCheckpoints()) {
                folder.clear();
            }
            return model;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("The training was interrupted. Go on from its checkpoint with resume.")
                            .initCause(e);
        }
    }

    private static int feedThreads(BatchTensors.Form form) {
        return form.device().is_cpu() ? FEED_THREADS : FEED_THREADS_OF_GPU;
    }

    /** What an epoch works with. */
    private record Loop(
            Trainer trainer, ExampleFeed feed, RunFolder folder, Validation validation, TrainingListener listener) {}

    /** What is fine-tuned has a score already: the training shall not fall behind it unnoticed. */
    private void scoreStart(Loop loop) throws IOException {
        TrainingPlan.Start start = plan.start();
        if (start.origin().isModel() && !start.resume()) {
            Scores scores = loop.validation().score(network, bf16());
            loop.listener().note("Before the first epoch, the start itself has a validation " + scores.text() + ".");
            loop.folder().startWith(scores);
        }
    }

    /** Where an earlier version chose the best epoch by pixels, or the validation images were others. */
    private void judgeBestAnew(Loop loop) throws IOException {
        Checkpoint state = loop.folder().state();
        boolean byObjects = state.best().by().equals(ObjectScore.NAME);
        if (state.epoch() > 0 && byObjects != loop.validation().judgesObjects()) {
            Scores scores = loop.folder().judgeBest(best -> loop.validation().score(best, bf16()));
            loop.listener()
                    .note("So far the best epoch was not chosen by " + scores.decidingName()
                            + ", as from now on. That of" + " epoch "
                            + state.best().epoch() + " has a validation " + scores.text() + ".");
        }
    }

    /** All epochs; false if the listener asked to stop before the end. */
    private boolean epochs(Loop loop) throws IOException, InterruptedException {
        Optional<EarlyEnd> before = loop.folder().state().ending();
        before.filter(early -> early.holds(plan.schedule())).ifPresent(early -> end(early, loop));
        if (before.filter(early -> !early.holds(plan.schedule())).isPresent()) {
            loop.folder().goOn();
        }
        for (int epoch = loop.folder().state().epoch() + 1; epoch <= lastEpoch(loop); epoch++) {
            if (!epoch(epoch, loop)) {
                loop.listener().note("Stopped in epoch " + epoch + "; the best weights so far are kept.");
                return false;
            }
        }
        return true;
    }

    /** The epoch that the training ends with, as far as its scores tell by now. */
    private int lastEpoch(Loop loop) {
        Checkpoint state = loop.folder().state();
        if (state.ending().isEmpty()) {
            EarlyEnd.now(state, plan.schedule()).ifPresent(early -> end(early, loop));
        }
        return loop.folder()
                .state()
                .ending()
                .map(EarlyEnd::until)
                .orElse(plan.schedule().epochs());
    }

    private void end(EarlyEnd early, Loop loop) {
        loop.folder().end(early);
        loop.trainer().end(early);
        loop.listener()
                .note(early.sentence(
                        loop.folder().state().best().by(), plan.schedule().patience()));
    }

    /** One epoch; false if it was not finished. */
    private boolean epoch(int epoch, Loop loop) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Trainer.Pass pass = loop.trainer().epoch(epoch, loop.feed(), loop.listener());
        if (!pass.complete()) {
            return false;
        }
        double trained = secondsSince(start);
        loop.trainer().optimizer().swapAverage();
        Scores scores = loop.validation().score(network, bf16());
        boolean best = loop.folder().state().best().isBeatenBy(scores, memory());
        try (RunFolder.Epoch files = loop.folder().begin()) {
            if (best) {
                files.keepBest();
            }
            loop.trainer().optimizer().swapAverage();
            EpochReport.Timing timing = new EpochReport.Timing(
                    secondsSince(start),
                    loop.feed().examplesPerEpoch() / trained,
                    loop.feed().waitedSeconds() / trained,
                    best,
                    loop.validation().previews());
            EpochReport report = new EpochReport(epoch, lastEpoch(loop), pass.scores(), scores, timing);
            files.publish(report, memory());
            loop.listener().epoch(report);
        }
        return true;
    }

    /** Of the scores that choose the best epoch. */
    private double memory() {
        return Selection.memory(data.validation().size(), plan.schedule().epochs());
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private boolean bf16() {
        return info.precision() == Precision.BF16;
    }

    private int stepsPerEpoch(ExampleFeed feed) {
        int batch = plan.schedule().batchSize();
        return Math.max(1, (feed.examplesPerEpoch() + batch - 1) / batch);
    }

    @Override
    public void close() {
        network.close();
        // hosts such as QuPath run for days: what was freed goes back to the computer
        Pointer.trimMemory();
    }
}
