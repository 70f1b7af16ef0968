package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;

/** Evaluates a model in ImageJ and Fiji. */
public final class EvaluatePlugIn extends TransFusePlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Evaluate...";

    /** Made by ImageJ. */
    public EvaluatePlugIn() {
        super(Task.EVALUATE, COMMAND);
    }

    @Override
    void execute(Settings settings) throws IOException {
        EvaluateJob.run(settings);
    }
}
