package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.evaluation.CaseScore;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.settings.LastNames;
import java.nio.file.Path;
import java.util.List;

/** Shows an evaluation in ImageJ's status bar and Log window; Esc cancels. */
final class EvaluationStatus implements EvaluationListener, AutoCloseable {
    private final int images;
    private int finished;

    /** Forgets an Esc that was pressed before. */
    EvaluationStatus(int images) {
        this.images = images;
        IJ.resetEscape();
    }

    @Override
    public void report(long done, long total, String step) {
        IJ.showStatus("TransFuse: image " + (finished + 1) + " of " + images + ", " + step);
        IJ.showProgress(Math.min(0.999, (finished + (double) done / Math.max(1, total)) / images));
    }

    @Override
    public boolean isCanceled() {
        return IJ.escapePressed();
    }

    @Override
    public void scored(Path image, List<CaseScore> scores) {
        finished++;
    }

    @Override
    public void failed(Path image, Throwable cause) {
        finished++;
        IJ.log("TransFuse: " + LastNames.of(image.toString()) + " was not evaluated. "
                + LastNames.within(Failures.message(cause), image));
    }

    @Override
    public void note(String sentence) {
        IJ.log("TransFuse: " + sentence);
    }

    @Override
    public void close() {
        // A progress bar that did not reach its end would stay
        IJ.showProgress(1);
    }
}
