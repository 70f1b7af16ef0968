package io.github.transfuse.imagej;

import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.io.File;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a model from scripts in Fiji, whose menu has {@link TrainPlugIn}. */
@Plugin(type = Command.class, label = TrainPlugIn.COMMAND, visible = false)
public final class TrainCommand extends TransFuseCommand {
    @Parameter
    File images;

    @Parameter
    File masks;

    @Parameter
    File output;

    @Parameter
    String validation;

    @Parameter
    boolean resume;

    @Parameter
    String epochs;

    @Parameter
    String batch_size;

    @Parameter
    String patience;

    @Parameter
    String seed;

    @Parameter
    String learning_rate;

    @Parameter
    String rate_schedule;

    @Parameter
    String averaging;

    @Parameter
    String variant;

    @Parameter
    String start_from;

    @Parameter
    File backbones;

    @Parameter
    String input_size;

    @Parameter
    String input_rule;

    @Parameter
    String mask_type;

    @Parameter
    String ignore_label;

    @Parameter
    String augment;

    @Parameter
    String tile_size;

    @Parameter
    String overlap;

    @Parameter
    String channels;

    @Parameter
    String pixel_size;

    @Parameter
    String normalization;

    @Parameter
    String mode;

    @Parameter
    String context_slices;

    @Parameter
    String precision;

    @Parameter
    String device;

    /** Made by SciJava. */
    public TrainCommand() {
        super(Task.TRAIN);
    }

    @Override
    void execute(Settings settings) throws IOException {
        TrainJob.run(settings);
    }
}
