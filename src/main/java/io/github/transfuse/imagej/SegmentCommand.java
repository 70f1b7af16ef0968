package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Segments an image from a script in Fiji. The image need not be open in a window:
 *
 * <pre>{@code
 * #@ CommandService command
 * module = command.run(SegmentCommand.class, true, "input", image, "model", "nuclei").get()
 * labels = module.getOutput("labels")
 * }</pre>
 *
 * <p>{@code input} must be given: an {@code ImagePlus}, the title or ID of an open image, or the path of a file. Other values
 * are those of {@link Settings#with(String, Object)}; what is left out has its default. Further outputs are {@code
 * probability_image}, if {@code probabilities} is true, and {@code object_table}, an ImageJ table, if {@code table} is true.
 * What went wrong is told by {@code module.getCancelReason()}.
 */
@Plugin(type = Command.class, label = SegmentPlugIn.COMMAND, visible = false)
public final class SegmentCommand extends TransFuseCommand {
    private static final String INPUT = "input";

    @Parameter(required = false, persist = false)
    Object input;

    @Parameter(required = false, persist = false)
    Object output;

    @Parameter(required = false, persist = false)
    Object model;

    @Parameter(required = false, persist = false)
    Object device;

    @Parameter(required = false, persist = false)
    Object precision;

    @Parameter(required = false, persist = false)
    Object channels;

    @Parameter(required = false, persist = false)
    Object tile_size;

    @Parameter(required = false, persist = false)
    Object overlap;

    @Parameter(required = false, persist = false)
    Object batch_size;

    @Parameter(required = false, persist = false)
    Object threshold;

    @Parameter(required = false, persist = false)
    Object min_size;

    @Parameter(required = false, persist = false)
    Object connectivity;

    @Parameter(required = false, persist = false)
    Object fill_holes;

    @Parameter(required = false, persist = false)
    Object split_depth;

    @Parameter(required = false, persist = false)
    Object exclude_edges;

    @Parameter(required = false, persist = false)
    Object output_type;

    @Parameter(required = false, persist = false)
    Object label_format;

    @Parameter(required = false, persist = false)
    Object probabilities;

    @Parameter(required = false, persist = false)
    Object overlay;

    @Parameter(required = false, persist = false)
    Object table;

    @Parameter(required = false, persist = false)
    Object rois;

    @Parameter(required = false, persist = false)
    Object slices;

    @Parameter(required = false, persist = false)
    Object frames;

    @Parameter(required = false, persist = false)
    Object selection;

    @Parameter(required = false, persist = false)
    Object all_images;

    @Parameter(required = false, persist = false)
    Object geojson;

    @Parameter(required = false, persist = false)
    Object flips;

    @Parameter(required = false, persist = false)
    Object pixel_size;

    @Parameter(required = false, persist = false)
    Object normalization;

    @Parameter(required = false, persist = false)
    Object mode;

    @Parameter(required = false, persist = false)
    Object recursive;

    @Parameter(required = false, persist = false)
    Object skip_existing;

    @Parameter(required = false, persist = false)
    Object keep_paths;

    @Parameter(type = ItemIO.OUTPUT, label = "Probabilities")
    ImagePlus probability_image;

    @Parameter(type = ItemIO.OUTPUT, label = "Labels")
    ImagePlus labels;

    @Parameter(type = ItemIO.OUTPUT, label = "Objects")
    ResultsTable object_table;

    /** Made by SciJava. */
    public SegmentCommand() {
        super(Task.SEGMENT);
    }

    @Override
    boolean isSetting(String key, Object value) {
        return !key.equals(INPUT) || isName(value);
    }

    @Override
    void execute(Settings settings) throws IOException {
        SegmentJob.Results results = SegmentJob.run(settings, image(INPUT, input));
        labels = results.labels();
        probability_image = results.probabilities().orElse(null);
        object_table = results.objects().map(ObjectResults::of).orElse(null);
    }
}
