package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Segments one image of ImageJ: what both kinds of command do once they have their settings. */
final class SegmentJob {
    private SegmentJob() {}

    /**
     * New images, not shown yet.
     *
     * @param labels the labels
     * @param probabilities if they were asked for
     * @param objects the measurements of what was found, if they were asked for
     */
    record Results(ImagePlus labels, Optional<ImagePlus> probabilities, Optional<MeasureTable> objects) {
        /** All of them in the order to show them in: the labels last, so that they are the active image. */
        List<ImagePlus> images() {
            return Stream.concat(probabilities.stream(), Stream.of(labels)).toList();
        }
    }

    /**
     * Segments, draws the overlay and writes files, as the settings ask for.
     *
     * @param active the image to segment if the settings name none
     * @throws IllegalArgumentException if there is no image, or one that the model cannot take
     * @throws IOException if the model cannot be read, or the results cannot be written
     * @throws java.util.concurrent.CancellationException if the user pressed Esc
     */
    static Results run(Settings settings, Optional<ImagePlus> active) throws IOException {
        Optional<String> named = settings.get(Keys.INPUT);
        Optional<ImagePlus> image = named.isPresent() ? Optional.of(InputImages.named(named.get())) : active;
        ImagePlus held = InputImages.held(image);
        boolean rois = settings.get(Keys.ROIS);
        if (rois && !settings.has(Keys.OUTPUT)) {
            OutlineJob.requireManager("output=, a folder for <name>-rois.zip");
        }
        Optional<ResultWriter> writer = writer(settings);
        Segmentation result = segment(settings, held);
        if (writer.isPresent()) {
            writer.get().write(held.getTitle(), InputImages.wrapped(held), result);
        }
        if (settings.get(Keys.OVERLAY)) {
            LabelOverlay.draw(result, image.orElseThrow());
        }
        if (rois && !GraphicsEnvironment.isHeadless()) {
            RoiOutput.addToManager(RoiOutput.rois(ObjectOutlines.of(result), held));
        }
        Optional<MeasureTable> objects =
                settings.get(Keys.TABLE) ? Optional.of(MeasuredStacks.measure(result, held)) : Optional.empty();
        objects.ifPresent(table -> ObjectResults.tell(table, result));
        return new Results(ResultStacks.labels(result, held), ResultStacks.probabilities(result, held), objects);
    }

    private static Optional<ResultWriter> writer(Settings settings) throws IOException {
        Optional<Path> folder = settings.get(Keys.OUTPUT);
        return folder.isPresent() ? Optional.of(new ResultWriter(folder.get())) : Optional.empty();
    }

    private static Segmentation segment(Settings settings, ImagePlus held) throws IOException {
        try (TransFuse model = TransFuse.load(settings);
                StatusProgress progress = new StatusProgress()) {
            // How the device was chosen is kept with the result; the log would open its window for it every time
            progress.know(model.open().notes());
            Segmentation result = model.progress(progress).segment(InputImages.wrapped(held));
            progress.notes(result);
            return result;
        }
    }
}
