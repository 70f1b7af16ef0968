package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import io.github.transfuse.SettingSpec;
import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import io.github.transfuse.ValueSpec.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.scijava.Initializable;
import org.scijava.command.DynamicCommand;
import org.scijava.module.ModuleItem;
import org.scijava.module.MutableModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.thread.ThreadService;
import org.scijava.ui.UIService;
import org.scijava.util.ClassUtils;
import org.scijava.util.Types;

/**
 * What our SciJava commands have in common: where their settings come from, and how they fail.
 *
 * <p>SciJava finds the parameters of a command in its fields, and macros name them as the fields are named; so the
 * fields have the keys of settings as names and hold no more than the values. Default, label, help and choices come
 * from the table.
 */
abstract class TransFuseCommand extends DynamicCommand implements Initializable {
    private final Task task;

    @Parameter
    private ThreadService threads;

    @Parameter(required = false)
    private UIService windows;

    /**
     * Fills the fields with the defaults.
     *
     * @param task whose settings the fields are
     */
    TransFuseCommand(Task task) {
        this.task = task;
        for (SettingSpec row : rows()) {
            if (row.value().kind() != Kind.FLAG && !isPath(row)) {
                ClassUtils.setValue(Types.field(getClass(), row.key()), this, row.defaultValue());
            }
        }
    }

    /** The settings that are fields: {@code input} is an image and none of them. */
    final List<SettingSpec> rows() {
        return task.specs().stream().filter(row -> !row.key().equals("input")).toList();
    }

    private static boolean isPath(SettingSpec row) {
        return row.value().kind() == Kind.INPUT_PATH || row.value().kind() == Kind.OUTPUT_PATH;
    }

    /**
     * Describes the fields, and leaves none for a dialog: these commands are for scripts, the menu's are the plugins. What
     * a script does not give has its default, never the value of an earlier run.
     */
    @Override
    public void initialize() {
        rows().forEach(this::describe);
        for (ModuleItem<?> item : getInfo().inputs()) {
            if (!isInputResolved(item.getName())) {
                resolveInput(item.getName());
            }
        }
    }

    private void describe(SettingSpec row) {
        if (row.value().kind() == Kind.CHOICE) {
            MutableModuleItem<String> item = getInfo().getMutableInput(row.key(), String.class);
            item.setChoices(row.value().choices());
        }
        MutableModuleItem<?> item = (MutableModuleItem<?>) getInfo().getInput(row.key());
        item.setLabel(row.title());
        item.setDescription(row.help());
        item.setRequired(false);
        // A remembered value would change the results of the next macro that leaves the key out
        item.setPersisted(false);
        if (isPath(row)) {
            item.setWidgetStyle("directory");
        }
    }

    @Override
    public final void run() {
        try {
            execute(settings());
        } catch (CancellationException e) {
            cancel("");
            if (IJ.isMacro()) {
                Failures.stopMacro(Failures.message(e));
            }
        } catch (IOException | RuntimeException e) {
            cancel(Failures.message(e));
            if (IJ.isMacro()) {
                Failures.stopMacro(Failures.message(e));
            }
        }
    }

    /** Does the work, as a macro, a dialog or a script asks for. */
    abstract void execute(Settings settings) throws IOException;

    /** Makes outputs known to the macro that waits for them. */
    final void complete(List<ImagePlus> outputs) {
        Optional<Thread> caller = Optional.ofNullable(threads.getParent(Thread.currentThread()));
        Registration.completeOutputs(outputs, headless(), caller);
    }

    private boolean headless() {
        return windows == null || windows.isHeadless();
    }

    private static Optional<String> macroOptions() {
        return IJ.isMacro() ? Optional.ofNullable(Macro.getOptions()) : Optional.empty();
    }

    /** SciJava turns what it cannot read into 0 or false, and ignores unknown keys: a macro's text is read here. */
    private Settings settings() {
        return macroOptions()
                .map(options -> Settings.parse(task, MacroVariables.expand(options)))
                .orElseGet(this::fields);
    }

    private Settings fields() {
        Settings settings = Settings.of(task);
        for (SettingSpec row : rows()) {
            Object value = getInput(row.key());
            String text = value == null ? "" : value.toString().strip();
            if (!text.isEmpty() && !text.equals(row.defaultValue())) {
                settings = settings.with(row.key(), text);
            }
        }
        return settings;
    }
}
