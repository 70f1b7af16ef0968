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
        IJ.log(report.toLine());
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
}
