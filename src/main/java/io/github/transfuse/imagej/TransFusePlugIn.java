package io.github.transfuse.imagej;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * What our commands in ImageJ and Fiji have in common: where their settings come from, and how they fail. They run on the
 * thread that asks for them, whose active image is theirs to take. Nothing in these classes may refer to SciJava, which is
 * absent in plain ImageJ.
 */
abstract class TransFusePlugIn implements PlugIn {
    private final Task task;
    private final String command;

    /**
     * Made by ImageJ's plugin loader through a constructor without arguments.
     *
     * @param task whose settings to ask for
     * @param command name of the menu item
     */
    TransFusePlugIn(Task task, String command) {
        this.task = task;
        this.command = command;
    }

    @Override
    public final void run(String argument) {
        try {
            Optional<Settings> settings = settings();
            if (settings.isPresent()) {
                execute(settings.get());
            }
        } catch (CancellationException e) {
            if (IJ.isMacro()) {
                Failures.report(Failures.message(e));
            }
        } catch (IOException | RuntimeException e) {
            if (Failures.isMacroStop(e)) {
                Failures.releaseImage();
                throw (RuntimeException) e;
            }
            Failures.report(Failures.message(e));
        }
    }

    /** Does the work that these settings ask for. */
    abstract void execute(Settings settings) throws IOException;

    private Optional<Settings> settings() throws IOException {
        String options = Macro.getOptions();
        if (options != null) {
            return Optional.of(Settings.parse(task, MacroVariables.expand(options)));
        }
        // Nobody sees a dialog in Fiji without a display
        return GraphicsEnvironment.isHeadless() ? Optional.of(Settings.of(task)) : ask();
    }

    /** Asks the user; empty if the user pressed Cancel. */
    Optional<Settings> ask() throws IOException {
        return new SettingsDialog(command, task).ask();
    }
}
