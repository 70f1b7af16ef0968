package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.io.FileSaver;
import io.github.transfuse.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.plugin.PluginService;

/** Segments a file by the SciJava command, in a process whose libraries are those of a host. */
public final class HostLibrariesProbe {
    private HostLibrariesProbe() {}

    /** Arguments: the image, settings as in a macro, and the file for the labels. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> inputs = new HashMap<>(Settings.parse(arguments[1]).given());
        inputs.put("input", Path.of(arguments[0]));
        try (Context context = new Context(CommandService.class, PluginService.class, ConvertService.class)) {
            CommandModule done = context.service(CommandService.class)
                    .run(SegmentCommand.class, true, inputs)
                    .get();
            if (done.isCanceled()) {
                throw new IllegalStateException(done.getCancelReason());
            }
            new FileSaver((ImagePlus) done.getOutput("labels")).saveAsTiff(arguments[2]);
        }
    }
}
