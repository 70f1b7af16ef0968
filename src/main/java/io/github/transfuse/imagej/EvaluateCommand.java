package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Evaluates a model from a script in Fiji, with {@code command.run(EvaluateCommand.class, true, "model", ..).get()}. Values
 * are those of {@link io.github.transfuse.settings.Settings#with(String, Object)}.
 */
@Plugin(type = Command.class, label = EvaluatePlugIn.COMMAND, visible = false)
public final class EvaluateCommand extends TransFuseCommand {
    @Parameter(required = false, persist = false)
    Object images;

    @Parameter(required = false, persist = false)
    Object masks;

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
    Object output_type;

    @Parameter(required = false, persist = false)
    Object flips;

    @Parameter(required = false, persist = false)
    Object pixel_size;

    @Parameter(required = false, persist = false)
    Object normalization;

    @Parameter(required = false, persist = false)
    Object mode;

    @Parameter(required = false, persist = false)
    Object keep_paths;

    @Parameter(required = false, persist = false)
    Object mask_type;

    @Parameter(required = false, persist = false)
    Object ignore_label;

    @Parameter(required = false, persist = false)
    Object tolerance;

    /** Made by SciJava. */
    public EvaluateCommand() {
        super(Task.EVALUATE);
    }

    @Override
    void execute(Settings settings) throws IOException {
        EvaluateJob.run(settings);
    }
}
