package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws a label image from ROIs from a script in Fiji, with {@code command.run(RoisToLabelsCommand.class, true, "input", image)
 * .get()}. The output is {@code labels}.
 */
@Plugin(type = Command.class, label = RoisToLabelsPlugIn.COMMAND, visible = false)
public final class RoisToLabelsCommand extends TransFuseCommand {
    private static final String INPUT = "input";

    @Parameter(required = false, persist = false)
    Object input;

    @Parameter(required = false, persist = false)
    Object source;

    @Parameter(type = ItemIO.OUTPUT, label = "Labels")
    ImagePlus labels;

    /** Made by SciJava. */
    public RoisToLabelsCommand() {
        super(Task.DRAW);
    }

    @Override
    boolean isSetting(String key, Object value) {
        return !key.equals(INPUT) || isName(value);
    }

    @Override
    void execute(Settings settings) throws IOException {
        labels = DrawJob.run(settings, image(INPUT, input));
    }
}
