package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Measures a label image from a script in Fiji, with {@code command.run(MeasureLabelsCommand.class, true, "input", labels,
 * "image", image).get()}. The output {@code object_table} is an ImageJ table.
 */
@Plugin(type = Command.class, label = MeasureLabelsPlugIn.COMMAND, visible = false)
public final class MeasureLabelsCommand extends TransFuseCommand {
    private static final String INPUT = "input";
    private static final String IMAGE = "image";

    @Parameter(required = false, persist = false)
    Object input;

    @Parameter(required = false, persist = false)
    Object image;

    @Parameter(required = false, persist = false)
    Object per_slice;

    @Parameter(required = false, persist = false)
    Object output;

    @Parameter(type = ItemIO.OUTPUT, label = "Objects")
    ResultsTable object_table;

    /** Made by SciJava. */
    public MeasureLabelsCommand() {
        super(Task.MEASURE);
    }

    @Override
    boolean isSetting(String key, Object value) {
        return !(key.equals(INPUT) || key.equals(IMAGE)) || isName(value);
    }

    @Override
    void execute(Settings settings) throws IOException {
        Optional<ImagePlus> measured = image == null ? Optional.empty() : image(IMAGE, image);
        object_table = ObjectResults.of(MeasureJob.run(settings, image(INPUT, input), measured));
    }
}
