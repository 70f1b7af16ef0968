package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import java.util.Locale;

/** Shows a training in ImageJ's status bar and Log window; Esc stops it and keeps the best weights. */
final class TrainingStatus implements TrainingListener, AutoCloseable {
    /** Planned epochs; 0 until the first has ended, which tells. */
    private int epochs;

    /** Forgets an Esc that was pressed before. */
    TrainingStatus() {
        IJ.resetEscape();
    }

    @Override
    public void step(int epoch, int step, int steps, double loss) {
        IJ.showStatus(
                String.format(Locale.ROOT, "Training: epoch %d, step %d of %d, loss %.3f", epoch, step, steps, loss));
        double ofEpoch = (double) step / steps;
        IJ.showProgress(epochs == 0 ? ofEpoch : (epoch - 1 + ofEpoch) / epochs);
    }

    @Override
    public void epoch(EpochReport report) {
        epochs = report.epochs();
        IJ.log(line(report));
    }

    @Override
    public void note(String sentence) {
        IJ.log(sentence);
    }

    @Override
    public Request request() {
        return IJ.escapePressed() ? Request.STOP : Request.CONTINUE;
    }

    @Override
    public void close() {
        // A progress bar that did not reach its end would stay
        IJ.showProgress(1);
    }

    /** One line for people: the figures of an epoch. */
    static String line(EpochReport report) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  validation loss %.4f  Dice %.4f  IoU %.4f  %.1f s  %.1f images/s%s",
                report.epoch(),
                report.epochs(),
                report.training().loss(),
                report.validation().loss(),
                report.validation().dice(),
                report.validation().iou(),
                report.timing().seconds(),
                report.timing().imagesPerSecond(),
                report.timing().best() ? "  best so far" : "");
    }
}
