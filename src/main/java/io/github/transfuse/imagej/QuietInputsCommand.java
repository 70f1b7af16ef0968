package io.github.transfuse.imagej;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * Takes all inputs of our commands for given before SciJava's dialog would ask for those that a script left out: they have
 * their defaults.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.HIGH)
public final class QuietInputsCommand extends AbstractPreprocessorPlugin {
    /** Made by SciJava. */
    public QuietInputsCommand() {}

    @Override
    public void process(Module module) {
        if (module.getDelegateObject() instanceof TransFuseCommand) {
            module.getInfo().inputs().forEach(input -> module.resolveInput(input.getName()));
        }
    }
}
