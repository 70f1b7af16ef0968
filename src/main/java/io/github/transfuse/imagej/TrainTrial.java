package io.github.transfuse.imagej;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.view.TrainingMonitor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** A training of a minute in the window of trainings, to see whether it learns what is meant; nothing of it is kept. */
final class TrainTrial {
    private static final long NANOS = 60_000_000_000L;

    private final TrainingMonitor monitor = new TrainingMonitor();

    /**
     * Trains on this thread.
     *
     * @param asked settings for the whole training
     * @return how it went
     * @throws IOException if images and masks cannot be read or do not match
     */
    String run(Settings asked) throws IOException {
        Optional<TrainingWindow> window = TrainingWindow.open(monitor);
        monitor.note("This is a trial of one minute, or of one epoch where that takes longer. Nothing of it is kept.");
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            Settings settings = TrainingAssistant.inFolders(asked, aside).with(Keys.MINUTES, 1.0);
            TransFuse.train(settings, TrainingListener.all(monitor, new Minute(System::nanoTime)));
            String told = monitor.reports().get(monitor.reports().size() - 1).toLine()
                    + ". The trial is over; nothing of" + " it is kept. Train goes on for longer, from the start.";
            window.ifPresent(live -> live.ended(told));
            return told;
        } catch (CancellationException e) {
            window.ifPresent(live -> live.ended("The trial was stopped."));
            return "The trial was stopped.";
        } catch (IOException | RuntimeException e) {
            window.ifPresent(live -> live.ended(Failures.message(e)));
            throw e;
        }
    }

    /** Asks the trial to end. */
    void stop() {
        monitor.stop();
    }

    /** Stops a training after a minute, but not before its first epoch has ended: there is nothing to see until then. */
    static final class Minute implements TrainingListener {
        private final LongSupplier clock;
        private final long start;
        private boolean seen;

        Minute(LongSupplier clock) {
            this.clock = clock;
            this.start = clock.getAsLong();
        }

        @Override
        public void epoch(EpochReport report) {
            seen = true;
        }

        @Override
        public Request request() {
            return seen && clock.getAsLong() - start >= NANOS ? Request.STOP : Request.CONTINUE;
        }
    }
}
