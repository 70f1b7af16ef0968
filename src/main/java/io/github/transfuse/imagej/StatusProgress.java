package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.Segmentation;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.ToldOnce;
import io.github.transfuse.settings.LastNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Shows progress in ImageJ's status bar and notes in its log; Esc cancels. */
final class StatusProgress implements BatchListener, AutoCloseable {
    /** Failures that are remembered: all of them are in the log. */
    private static final int MAX_FAILURES = 1000;

    private final List<Path> labels = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final ToldOnce told = new ToldOnce();

    private final boolean keepPaths;

    /**
     * Forgets an Esc that was pressed before.
     *
     * @param keepPaths whether the log shows whole paths; otherwise names and last folders, as folders often carry the names
     *     of people
     */
    StatusProgress(boolean keepPaths) {
        this.keepPaths = keepPaths;
        IJ.resetEscape();
    }

    @Override
    public void report(long done, long total, String step) {
        IJ.showStatus("TransFuse: " + step);
        // The bar vanishes at its end, so it stays just before it until the work is over
        IJ.showProgress(Math.min(0.999, (double) done / Math.max(1, total)));
    }

    @Override
    public boolean isCanceled() {
        return IJ.escapePressed();
    }

    @Override
    public void done(Path input, Segmentation result, List<Path> written) {
        labels.add(written.get(0));
        notes(result);
    }

    @Override
    public void kept(Path input, Path kept) {
        labels.add(kept);
    }

    @Override
    public void again(Path input, String reason) {
        IJ.log("TransFuse: " + shown(input) + " is segmented again: " + reason + ".");
    }

    @Override
    public void note(String sentence) {
        IJ.log("TransFuse: " + sentence);
    }

    @Override
    public void failed(Path input, Throwable cause) {
        String message = Failures.message(cause);
        String shown = keepPaths ? message : LastNames.within(message, input);
        if (failures.size() < MAX_FAILURES) {
            failures.add(shown);
        }
        IJ.log("TransFuse: " + shown(input) + " failed. " + shown);
    }

    private String shown(Path input) {
        return keepPaths ? input.toString() : LastNames.of(input.toString());
    }

    /** Takes these notes for told. */
    void know(Collection<String> notes) {
        told.addAll(notes);
    }

    /**
     * Tells the choices and fallbacks behind a result that have not been told yet, in the log: in the status bar the next
     * message would wipe them out. The result keeps them all.
     */
    void notes(Segmentation result) {
        result.provenance().notes().stream().filter(told::isNew).forEach(this::note);
    }

    /** Label files written so far. */
    List<Path> labels() {
        return List.copyOf(labels);
    }

    /** What was told about failed files so far, of many only the first. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        // A progress bar that did not reach its end would stay, and so would the last step
        IJ.showProgress(1);
        IJ.showStatus("TransFuse: " + (isCanceled() ? "stopped" : "done"));
    }
}
