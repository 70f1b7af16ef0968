package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.util.List;

/** Draws a label image from the ROIs of the active image in ImageJ and Fiji. */
public final class RoisToLabelsPlugIn extends LabelsPlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse ROIs to Labels...";

    /** Made by ImageJ. */
    public RoisToLabelsPlugIn() {
        super(Task.DRAW, COMMAND);
    }

    @Override
    void execute(Settings settings) throws IOException {
        Registration.show(List.of(DrawJob.run(settings, image())));
    }
}
