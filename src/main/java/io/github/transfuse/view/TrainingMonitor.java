package io.github.transfuse.view;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers how a training goes, for windows to show, and carries the wishes of their buttons back to it. The training
 * calls it from its thread, windows from theirs.
 */
public final class TrainingMonitor implements TrainingListener {

    private final Optional<Path> folder;
    private final List<EpochReport> reports = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Request request = Request.CONTINUE;
    private volatile Optional<TrainingSummary> summary = Optional.empty();
    private volatile Step step = new Step(0, 0, 0, Double.NaN);

    private record Step(int epoch, int step, int steps, double loss) {}

    /** Watches a training. */
    public TrainingMonitor() {
        this(Optional.empty());
    }

    /**
     * Watches a training that may go on from an earlier one.
     *
     * @param folder of the model, where the epochs before are found
     */
    public TrainingMonitor(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void prepared(TrainingSummary training) {
        summary = Optional.of(training);
        notes.addAll(training.notes());
        changed();
    }

    /** Calls the watcher on the training's thread whenever something changed. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Asks the training to stop after the current step and keep the best weights. Cannot be taken back. */
    public void stop() {
        request = Request.STOP;
    }

    /** Asks the training to wait, or to go on; without effect once it was asked to stop. */
    public void pause(boolean paused) {
        if (request != Request.STOP) {
            request = paused ? Request.PAUSE : Request.CONTINUE;
        }
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public void step(int epoch, int done, int steps, double loss) {
        step = new Step(epoch, done, steps, loss);
        changed();
    }

    @Override
    public void epoch(EpochReport report) {
        if (reports.isEmpty() && folder.isPresent()) {
            recall(folder.get(), report);
        }
        reports.add(report);
        changed();
    }

    private void recall(Path model, EpochReport first) {
        try {
            reports.addAll(EpochTable.before(model, first));
        } catch (IOException e) {
            notes.add("The epochs before are not shown: " + e.getMessage());
        }
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
        changed();
    }

    private void changed() {
        watchers.forEach(Runnable::run);
    }

    /** Reports of all epochs so far. */
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    /** Sentences for people, oldest first. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** How much of all steps is done, in [0, 1]. */
    public double progress() {
        Step now = step;
        if (reports.isEmpty() || now.steps() == 0) {
            return 0;
        }
        int epochs = reports.get(reports.size() - 1).epochs();
        return Math.min(1, (now.epoch() - 1 + (double) now.step() / now.steps()) / epochs);
    }

    /** Seconds until the planned end, from the mean of the epochs so far; NaN before the first epoch ended. */
    public double secondsLeft() {
        if (reports.isEmpty()) {
            return Double.NaN;
        }
        EpochReport last = reports.get(reports.size() - 1);
        double mean = reports.stream()
                .mapToDouble(r -> r.timing().seconds())
                .average()
                .orElse(Double.NaN);
        Step now = step;
        double begun = now.epoch() > last.epoch() && now.steps() > 0 ? (double) now.step() / now.steps() : 0;
        return Math.max(0, (last.epochs() - last.epoch() - begun) * mean);
    }

    /** Lines that say where the training is, on what it runs and how good it is. */
    public List<String> status() {
        List<String> lines = new ArrayList<>();
        Step now = step;
        lines.add(summary.map(TrainingMonitor::ground).orElse("Reading the images"));
        if (now.steps() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Epoch %d, step %d of %d, loss %.3f",
                    now.epoch(),
                    now.step(),
                    now.steps(),
                    now.loss()));
        }
        if (!reports.isEmpty()) {
            EpochReport best = best();
            String remark = best.validation().remark();
            lines.add(String.format(
                    Locale.ROOT,
                    "Best %s in epoch %d%s; about %s left",
                    best.validation().text(),
                    best.epoch(),
                    remark.isEmpty() ? "" : ": " + remark,
                    duration(secondsLeft())));
        }
        return lines;
    }

    private static String ground(TrainingSummary training) {
        return String.format(
                Locale.ROOT,
                "%d training and %d validation images; on %s in %s; %s",
                training.training(),
                training.validation(),
                training.network().device(),
                training.network().precision(),
                training.memory());
    }

    private EpochReport best() {
        EpochReport found = reports.get(0);
        for (EpochReport report : reports) {
            found = report.timing().best() ? report : found;
        }
        return found;
    }

    /** Such as {@code 2 h 05 min}, {@code 3 min 20 s} or {@code 40 s}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole >= 3600) {
            return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
        }
        return whole >= 60 ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60) : whole + " s";
    }
}
