package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Segments an image from scripts in Fiji, whose menu and macros have {@link SegmentPlugIn}. The image must be named:
 * SciJava runs commands on threads of its own, whose active image is not the caller's. It need not be open in a window:
 *
 * <pre>{@code
 * CommandInfo command = commandService.getCommand(SegmentCommand.class);
 * Module module = moduleService.run(command, true, Map.of("input", image, "model", "skin-lesion")).get();
 * ImagePlus labels = (ImagePlus) module.getOutput("labels");
 * }</pre>
 *
 * <p>Further outputs are {@code probability_image}, if {@code probabilities} is true, and without windows {@code
 * object_table}, an ImageJ table that is shown where there are windows, if {@code table} is true. What went wrong is told
 * by {@code module.getCancelReason()}.
 */
@Plugin(type = Command.class, label = SegmentPlugIn.COMMAND, visible = false)
public final class SegmentCommand extends TransFuseCommand {
    @Parameter(
            required = false,
            persist = false,
            autoFill = false,
            label = "Input",
            description = "The image to segment.")
    ImagePlus input;

    @Parameter
    File output;

    @Parameter
    String model;

    @Parameter
    String device;

    @Parameter
    String precision;

    @Parameter
    String channels;

    @Parameter
    String tile_size;

    @Parameter
    String overlap;

    @Parameter
    String batch_size;

    @Parameter
    String threshold;

    @Parameter
    String min_size;

    @Parameter
    String connectivity;

    @Parameter
    String fill_holes;

    @Parameter
    String output_type;

    @Parameter
    boolean probabilities;

    @Parameter
    boolean overlay;

    @Parameter
    boolean table;

    @Parameter
    boolean flips;

    @Parameter
    String pixel_size;

    @Parameter
    String mode;

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
    void execute(Settings settings) throws IOException {
        Optional<ImagePlus> image = given();
        if (image.isEmpty() && settings.text("input").isEmpty()) {
            throw new IllegalArgumentException("There is no image given. A script names it as input, for example "
                    + "Map.of(\"input\", image); macros write run(\"" + SegmentPlugIn.COMMAND
                    + "\", ...), which takes the active image.");
        }
        SegmentJob.Results results = SegmentJob.run(settings, image);
        labels = results.labels();
        probability_image = results.probabilities().orElse(null);
        complete(results.images());
        if (GraphicsEnvironment.isHeadless()) {
            object_table = results.objects().orElse(null);
        } else {
            results.objects().ifPresent(ObjectResults::show);
        }
    }

    /** Without any image SciJava gives one without title and pixels, made by ImagePlus's plain constructor. */
    private Optional<ImagePlus> given() {
        return Optional.ofNullable(input)
                .filter(image -> image.getWidth() > 0 || !image.getTitle().isEmpty());
    }
}
