package io.github.transfuse.imagej;

import ij.IJ;
import ij.Macro;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import io.github.transfuse.engine.CudaCheck;
import io.github.transfuse.engine.EngineFiles;
import io.github.transfuse.engine.EngineStatus;
import io.github.transfuse.engine.EngineUnavailableException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.List;

/** Tells in ImageJ and Fiji which PyTorch is on this computer, and fetches or removes it. */
public final class EnginePlugIn implements PlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Engine...";

    private static final double MEGABYTE = 1e6;

    private static final String SHOW = "show";

    private static final String ACTION = "action";

    private static final List<String> ACTIONS = List.of(SHOW, "install", "install for GPUs", "remove for GPUs");

    /** Made by ImageJ. */
    public EnginePlugIn() {}

    @Override
    public void run(String argument) {
        try {
            String options = Macro.getOptions();
            if (options != null || GraphicsEnvironment.isHeadless()) {
                String action = options == null ? SHOW : action(options);
                IJ.log(text());
                act(action);
            } else {
                ask();
            }
        } catch (IOException | EngineUnavailableException | IllegalArgumentException e) {
            Failures.report(Failures.message(e));
        } finally {
            IJ.showProgress(1);
        }
    }

    /**
     * What the options of a macro ask for.
     *
     * @throws IllegalArgumentException if there is anything else in them
     */
    static String action(String options) {
        String other = options.replaceFirst("(?:^|\\s)" + ACTION + "=(?:\\[[^\\]]*\\]|\\S*)", " ")
                .strip();
        if (!other.isEmpty()) {
            throw new IllegalArgumentException(
                    "Unknown: '" + other + "'. Write " + ACTION + "=, and one of " + String.join(", ", ACTIONS) + ".");
        }
        return Macro.getValue(options, ACTION, SHOW);
    }

    private static void ask() throws IOException {
        GenericDialog dialog = new GenericDialog(COMMAND);
        dialog.addMessage(text());
        dialog.addChoice(ACTION, ACTIONS.toArray(String[]::new), SHOW);
        dialog.showDialog();
        if (!dialog.wasCanceled()) {
            act(dialog.getNextChoice());
        }
    }

    /** What is here, for the processor and for GPUs. */
    static String text() {
        return String.join("\n", EngineStatus.lines(false)) + "\n \n" + String.join("\n", EngineStatus.lines(true));
    }

    /** Does one of the actions, and logs what came of it. */
    static void act(String action) throws IOException {
        switch (action) {
            case "install" -> install(false);
            case "install for GPUs" -> install(true);
            case "remove for GPUs" ->
                EngineFiles.standard(true).remove().forEach(path -> IJ.log("TransFuse: removed " + path));
            case SHOW -> IJ.showStatus("TransFuse: the state of PyTorch was shown");
            default ->
                throw new IllegalArgumentException(
                        "There is no action '" + action + "'. There are " + String.join(", ", ACTIONS) + ".");
        }
    }

    private static void install(boolean gpu) {
        EngineFiles files = EngineFiles.standard(gpu);
        if (gpu) {
            CudaCheck.standard().obstacles().forEach(line -> IJ.log("TransFuse: not ready: " + line));
        }
        IJ.resetEscape();
        files.install((done, total) -> {
            IJ.showStatus(String.format("TransFuse: fetching %.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE));
            IJ.showProgress(Math.min(0.999, (double) done / Math.max(1, total)));
            return !IJ.escapePressed();
        });
        IJ.log("TransFuse: PyTorch is here. Restart " + (gpu ? "to compute on the GPU." : "if it failed before."));
    }
}
