package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Segments the active image in ImageJ and Fiji. It runs on the thread of its caller, so that a macro in batch mode, or a
 * script that hands over an image without a window, gets that image.
 */
public final class SegmentPlugIn extends TransFusePlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Segment...";

    /** While the dialog was open the user may have chosen another window. */
    private Optional<ImagePlus> asked = Optional.empty();

    /** Made by ImageJ. */
    public SegmentPlugIn() {
        super(Task.SEGMENT, COMMAND);
    }

    /** Opens the dialog with a model chosen, as the user does in the menu: what he then does is recorded. */
    static void open(Path model) {
        Settings chosen = Settings.segmenting().with(Keys.MODEL, model.toString());
        new DialogMemory("segment", List.of(Task.SEGMENT.spec(Keys.MODEL))).keep(chosen);
        IJ.doCommand(COMMAND);
    }

    @Override
    Optional<Settings> ask() throws IOException {
        ImagePlus image = InputImages.activePicture()
                .orElseThrow(() -> new IllegalArgumentException("There is no image open. Open one first."));
        asked = Optional.of(image);
        return new SegmentDialog(COMMAND, image).ask();
    }

    @Override
    void execute(Settings settings) throws IOException {
        List<MeasureTable> tables = new ArrayList<>();
        try {
            if (settings.get(Keys.ALL_IMAGES)) {
                SegmentJob.runAll(settings, InputImages.all(), results -> show(results, tables));
            } else {
                Optional<ImagePlus> active =
                        settings.has(Keys.INPUT) ? Optional.empty() : asked.or(InputImages::activePicture);
                show(SegmentJob.run(settings, active), tables);
            }
        } finally {
            ObjectResults.show(tables);
        }
    }

    private static void show(SegmentJob.Results results, List<MeasureTable> tables) {
        Registration.show(results.images());
        results.objects().ifPresent(tables::add);
    }
}
