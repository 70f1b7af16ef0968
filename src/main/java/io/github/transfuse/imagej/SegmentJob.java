package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Channels;
import io.github.transfuse.image.LookupTables;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Segments images of ImageJ with one model: what both kinds of command do once they have their settings. */
final class SegmentJob implements AutoCloseable {
    private final Settings settings;
    private final Optional<ResultWriter> writer;
    private final TransFuse model;
    private final StatusProgress progress;

    private SegmentJob(Settings settings) throws IOException {
        this.settings = settings;
        if (settings.get(Keys.ROIS) && !settings.has(Keys.OUTPUT)) {
            OutlineJob.requireManager("output=, a folder for <name>-rois.zip");
        }
        this.writer = writer(settings);
        this.model = TransFuse.load(settings);
        this.progress = new StatusProgress(settings.get(Keys.KEEP_PATHS));
    }

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
     * What is segmented.
     *
     * @param image of the user
     * @param held its pixels, whatever becomes of it
     * @param lookup what its lookup table means
     * @param area that is selected
     */
    private record Input(ImagePlus image, ImagePlus held, LookupTables lookup, Optional<SelectedArea> area) {
        static Input of(Optional<ImagePlus> image, Settings settings) {
            ImagePlus held = InputImages.held(image);
            LookupTables lookup = InputImages.lookup(image.orElseThrow());
            return new Input(image.orElseThrow(), held, lookup, SelectionLimit.of(image.orElseThrow(), settings));
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
        if (settings.get(Keys.RECURSIVE) || settings.get(Keys.SKIP_EXISTING)) {
            throw new SettingException(
                    "recursive and skip_existing are for folders of files, and this segments one image:"
                            + " leave them out, or segment folders with MacroApi.segment or the command line.");
        }
        if (settings.get(Keys.ALL_IMAGES)) {
            throw new SettingException(
                    "all_images is for the menu and for macros. In a script, segment one image after the other.");
        }
        Optional<String> named = settings.get(Keys.INPUT);
        Input input = Input.of(named.isPresent() ? Optional.of(InputImages.named(named.get())) : active, settings);
        try (SegmentJob job = new SegmentJob(settings)) {
            return job.results(input);
        }
    }

    /**
     * Segments the images one after the other. One that fails does not stop the others.
     *
     * @param images such as all that are open
     * @param done gets the results of an image as soon as they are there
     * @throws IllegalArgumentException at the end, naming the images that failed; or at once if two of them would write the
     *     same files
     */
    static void runAll(Settings settings, List<ImagePlus> images, Consumer<Results> done) throws IOException {
        if (settings.has(Keys.INPUT)) {
            throw new SettingException("Give input or all_images, not both.");
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException("There is no image open. Open one first.");
        }
        if (settings.has(Keys.OUTPUT)) {
            requireOwnFiles(images);
        }
        List<String> failures = new ArrayList<>();
        try (SegmentJob job = new SegmentJob(settings)) {
            job.model.open();
            for (ImagePlus image : images) {
                try {
                    done.accept(job.results(Input.of(Optional.of(image), settings)));
                } catch (IOException | IllegalArgumentException e) {
                    failures.add("'" + image.getTitle() + "': " + Failures.message(e));
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalArgumentException(failures.size() + " of " + images.size() + " images were not segmented. "
                    + String.join(" ", failures));
        }
    }

    private static void requireOwnFiles(List<ImagePlus> images) {
        List<String> titles =
                images.stream().map(image -> ResultStacks.stem(image)).toList();
        for (int i = 0; i < titles.size(); i++) {
            if (titles.indexOf(titles.get(i)) < i) {
                throw new IllegalArgumentException("Two open images are called '" + titles.get(i)
                        + "', so their files would have one name. Rename one of them.");
            }
        }
    }

    private Results results(Input input) throws IOException {
        ImagePlus held = input.held;
        CalibratedImage pixels = InputImages.seen(held, input.lookup);
        if (writer.isPresent()) {
            ResultWriter.requireFitting(pixels, settings);
        }
        Segmentation result = segment(pixels, input.area);
        if (writer.isPresent()) {
            writer.get().write(held.getTitle(), pixels, result);
        }
        if (settings.get(Keys.OVERLAY)) {
            LabelOverlay.draw(result, input.image);
        }
        if (settings.get(Keys.ROIS) && !GraphicsEnvironment.isHeadless()) {
            RoiOutput.addToManager(RoiOutput.rois(ObjectOutlines.of(result), held));
        }
        Optional<MeasureTable> objects =
                settings.get(Keys.TABLE) ? Optional.of(MeasuredStacks.measure(result, held)) : Optional.empty();
        objects.ifPresent(table -> ObjectResults.tell(table, result));
        Results results =
                new Results(ResultStacks.labels(result, held), ResultStacks.probabilities(result, held), objects);
        for (ImagePlus made : results.images()) {
            made.setTitle(Registration.title(made.getTitle()));
            // the plane that the user looks at
            made.setPosition(1, input.image.getZ(), input.image.getT());
        }
        BodyLetters.of(held).ifPresent(letters -> results.images().forEach(image -> BodyLetters.lay(letters, image)));
        return results;
    }

    private static Optional<ResultWriter> writer(Settings settings) throws IOException {
        Optional<Path> folder = settings.get(Keys.OUTPUT);
        if (folder.isEmpty() && (settings.get(Keys.GEOJSON) || settings.has(Keys.LABEL_FORMAT))) {
            throw new SettingException("geojson and label_format are about files. Set output, a folder for them.");
        }
        return folder.isPresent() ? Optional.of(new ResultWriter(folder.get())) : Optional.empty();
    }

    private Segmentation segment(CalibratedImage pixels, Optional<SelectedArea> area) throws IOException {
        // before the network is opened, which takes seconds
        Channels.match(
                pixels,
                model.model().spec().imageChannels(),
                model.settings().get(Keys.CHANNELS).orElse(List.of()));
        // How the device was chosen is kept with the result; the log would open its window for it every time
        progress.know(model.open().notes());
        TransFuse told = model.progress(progress);
        Segmentation result = (area.isPresent() ? told.within(area.get()) : told).segment(pixels);
        progress.notes(result);
        return result;
    }

    @Override
    public void close() {
        progress.close();
        model.close();
    }
}
