package io.github.transfuse.imagej;

import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.io.File;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Evaluates a model from scripts in Fiji, whose menu has {@link EvaluatePlugIn}. */
@Plugin(type = Command.class, label = EvaluatePlugIn.COMMAND, visible = false)
public final class EvaluateCommand extends TransFuseCommand {
    @Parameter
    File images;

    @Parameter
    File masks;

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
    boolean flips;

    @Parameter
    String pixel_size;

    @Parameter
    String mode;

    @Parameter
    String mask_type;

    @Parameter
    String ignore_label;

    /** Made by SciJava. */
    public EvaluateCommand() {
        super(Task.EVALUATE);
    }

    @Override
    void execute(Settings settings) throws IOException {
        EvaluateJob.run(settings);
    }
}
