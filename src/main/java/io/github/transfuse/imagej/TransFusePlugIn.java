package io.github.transfuse.imagej;

import ij.IJ;
import ij.Macro;
import ij.plugin.PlugIn;
import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * What our commands in plain ImageJ have in common: where their settings come from, and how they fail. Nothing in these
 * classes may refer to SciJava, which is absent there.
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
                throw (RuntimeException) e;
            }
            Failures.report(Failures.message(e));
        }
    }

    /** Does the work that these settings ask for. */
    abstract void execute(Settings settings) throws IOException;

    private Optional<Settings> settings() {
        String options = Macro.getOptions();
        return options == null
                ? new SettingsDialog(command, task).ask()
                : Optional.of(Settings.parse(task, MacroVariables.expand(options)));
    }
}
