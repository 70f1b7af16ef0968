package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;

/** Makes a ROI of every label of the active image in ImageJ and Fiji: touching objects stay apart. */
public final class LabelsToRoisPlugIn extends LabelsPlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Labels to ROIs...";

    /** Made by ImageJ. */
    public LabelsToRoisPlugIn() {
        super(Task.OUTLINE, COMMAND);
    }

    @Override
    void execute(Settings settings) throws IOException {
        OutlineJob.run(settings, image());
    }
}
