package io.github.transfuse.imagej;

import ij.gui.Roi;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Makes a ROI of every label from a script in Fiji, with {@code command.run(LabelsToRoisCommand.class, true, "input", labels)
 * .get()}. The output {@code rois} holds them; {@code destination} says where else they go.
 */
@Plugin(type = Command.class, label = LabelsToRoisPlugIn.COMMAND, visible = false)
public final class LabelsToRoisCommand extends TransFuseCommand {
    private static final String INPUT = "input";

    @Parameter(required = false, persist = false)
    Object input;

    @Parameter(required = false, persist = false)
    Object destination;

    @Parameter(required = false, persist = false)
    Object output;

    @Parameter(type = ItemIO.OUTPUT, label = "ROIs")
    Roi[] rois;

    /** Made by SciJava. */
    public LabelsToRoisCommand() {
        super(Task.OUTLINE);
    }

    @Override
    boolean isSetting(String key, Object value) {
        return !key.equals(INPUT) || isName(value);
    }

    @Override
    void execute(Settings settings) throws IOException {
        rois = OutlineJob.run(settings, image(INPUT, input)).toArray(Roi[]::new);
    }
}
