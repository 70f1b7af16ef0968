package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Trains a model from a script in Fiji, with {@code command.run(TrainCommand.class, true, "images", ..).get()}. Values are
 * those of {@link io.github.transfuse.settings.Settings#with(String, Object)}.
 */
@Plugin(type = Command.class, label = TrainPlugIn.COMMAND, visible = false)
public final class TrainCommand extends TransFuseCommand {
    @Parameter(required = false, persist = false)
    Object images;

    @Parameter(required = false, persist = false)
    Object masks;

    @Parameter(required = false, persist = false)
    Object output;

    @Parameter(required = false, persist = false)
    Object validation;

    @Parameter(required = false, persist = false)
    Object folds;

    @Parameter(required = false, persist = false)
    Object resume;

    @Parameter(required = false, persist = false)
    Object epochs;

    @Parameter(required = false, persist = false)
    Object minutes;

    @Parameter(required = false, persist = false)
    Object batch_size;

    @Parameter(required = false, persist = false)
    Object patience;

    @Parameter(required = false, persist = false)
    Object seed;

    @Parameter(required = false, persist = false)
    Object learning_rate;

    @Parameter(required = false, persist = false)
    Object rate_schedule;

    @Parameter(required = false, persist = false)
    Object averaging;

    @Parameter(required = false, persist = false)
    Object variant;

    @Parameter(required = false, persist = false)
    Object start_from;

    @Parameter(required = false, persist = false)
    Object backbones;

    @Parameter(required = false, persist = false)
    Object input_size;

    @Parameter(required = false, persist = false)
    Object input_rule;

    @Parameter(required = false, persist = false)
    Object mask_type;

    @Parameter(required = false, persist = false)
    Object ignore_label;

    @Parameter(required = false, persist = false)
    Object augment;

    @Parameter(required = false, persist = false)
    Object tile_size;

    @Parameter(required = false, persist = false)
    Object overlap;

    @Parameter(required = false, persist = false)
    Object channels;

    @Parameter(required = false, persist = false)
    Object pixel_size;

    @Parameter(required = false, persist = false)
    Object normalization;

    @Parameter(required = false, persist = false)
    Object window;

    @Parameter(required = false, persist = false)
    Object mode;

    @Parameter(required = false, persist = false)
    Object context_slices;

    @Parameter(required = false, persist = false)
    Object precision;

    @Parameter(required = false, persist = false)
    Object device;

    @Parameter(required = false, persist = false)
    Object keep_checkpoints;

    @Parameter(required = false, persist = false)
    Object keep_paths;

    /** Made by SciJava. */
    public TrainCommand() {
        super(Task.TRAIN);
    }

    @Override
    void execute(Settings settings) throws IOException {
        TrainJob.run(settings);
    }
}
