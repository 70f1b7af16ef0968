package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.util.Optional;

/** Measures the labels of the active image in ImageJ and Fiji. */
public final class MeasureLabelsPlugIn extends LabelsPlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Measure Labels...";

    /** Made by ImageJ. */
    public MeasureLabelsPlugIn() {
        super(Task.MEASURE, COMMAND);
    }

    @Override
    void execute(Settings settings) throws IOException {
        ObjectResults.show(MeasureJob.run(settings, image(), Optional.empty()));
    }
}
