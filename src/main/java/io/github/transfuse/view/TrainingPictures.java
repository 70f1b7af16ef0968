package io.github.transfuse.view;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.EpochTable;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingSummary;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes {@code curves.png} and {@code preview.png} beside a model after every epoch, so that a training without a window
 * can be watched too. A resumed training's curves go on from those in {@code history.csv}.
 */
public final class TrainingPictures implements TrainingListener {

    private static final int CURVES_WIDTH = 1200;
    private static final int CURVES_HEIGHT = 360;
    private static final int PREVIEW_SIDE = 192;

    private final Path folder;
    private final Consumer<String> notes;
    private final Drawing drawing;
    private final List<EpochReport> reports = new ArrayList<>();

    /**
     * Pictures in a model folder.
     *
     * @param notes told if they cannot be written, which is no reason to end a training
     */
    public TrainingPictures(Path folder, Consumer<String> notes) {
        this(folder, notes, TrainingPictures::write);
    }

    TrainingPictures(Path folder, Consumer<String> notes, Drawing drawing) {
        this.folder = folder;
        this.notes = notes;
        this.drawing = drawing;
    }

    /** A listener that also writes the pictures into the output folder of a training's settings. */
    public static TrainingListener beside(Settings settings, TrainingListener listener) {
        return settings.get(Keys.OUTPUT)
                .map(folder -> TrainingListener.all(new TrainingPictures(folder, listener::note), listener))
                .orElse(listener);
    }

    /** Notes are for others to tell. */
    @Override
    public void prepared(TrainingSummary summary) {}

    @Override
    public void epoch(EpochReport report) {
        try {
            if (reports.isEmpty()) {
                reports.addAll(EpochTable.before(folder, report));
            }
            reports.add(report);
            drawing.write(reports, folder);
        } catch (IOException e) {
            unwritten(UnwrittenFileException.reason(e));
        } catch (LinkageError | InternalError e) {
            // A server without fonts
            unwritten(Undrawn.reason(e));
        }
    }

    private void unwritten(String reason) {
        notes.accept("The curves and previews cannot be written to " + folder + ": " + reason);
    }

    /** How the pictures of the epochs so far are written. */
    @FunctionalInterface
    interface Drawing {
        void write(List<EpochReport> reports, Path folder) throws IOException;
    }

    /**
     * Writes the pictures of the epochs so far, both or none.
     *
     * @throws IOException if the folder cannot be written
     */
    public static void write(List<EpochReport> reports, Path folder) throws IOException {
        if (reports.isEmpty()) {
            return;
        }
        EpochReport last = reports.get(reports.size() - 1);
        try (StagedFiles files = StagedFiles.in(folder)) {
            write(TrainingCurves.draw(reports, CURVES_WIDTH, CURVES_HEIGHT), files.file("curves.png"));
            write(PreviewStrip.draw(last.timing().previews(), PREVIEW_SIDE), files.file("preview.png"));
            files.publish();
        }
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        WholeFile.write(file, out -> Pictures.writePng(image, out));
    }
}
