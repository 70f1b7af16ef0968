package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.convert.ConvertService;
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
    Object output_type;

    @Parameter(required = false, persist = false)
    Object probabilities;

    @Parameter(required = false, persist = false)
    Object overlay;

    @Parameter(required = false, persist = false)
    Object table;

    @Parameter(required = false, persist = false)
    Object flips;

    @Parameter(required = false, persist = false)
    Object pixel_size;

    @Parameter(required = false, persist = false)
    Object mode;

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
        SegmentJob.Results results = SegmentJob.run(settings, image());
        labels = results.labels();
        probability_image = results.probabilities().orElse(null);
        object_table = results.objects().map(ObjectResults::of).orElse(null);
    }

    /** Whether this names an image: its title, its ID or its file. */
    private static boolean isName(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof File
                || value instanceof Path;
    }

    /**
     * The image itself, if it was not named.
     *
     * @throws SettingException if there is none: the active image of this thread may be another than the caller's
     */
    private Optional<ImagePlus> image() {
        if (input == null) {
            throw new SettingException("input is missing: give the image, such as \"input\", IJ.getImage().");
        }
        if (isName(input)) {
            return Optional.empty();
        }
        // Fiji knows how to make one of its other kinds of images, such as a Dataset
        ImagePlus image = input instanceof ImagePlus given
                ? given
                : context().service(ConvertService.class).convert(input, ImagePlus.class);
        if (image == null) {
            throw new SettingException("input is of type " + input.getClass().getName()
                    + ": give an ImagePlus, the title or ID of an open image, or the path of a file.");
        }
        return Optional.of(image);
    }
}
