package io.github.transfuse.imagej;

import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.util.Optional;

/** Trains a model in ImageJ and Fiji. */
public final class TrainPlugIn extends TransFusePlugIn {
    /** Name of the menu item. */
    static final String COMMAND = "TransFuse Train...";

    /** Made by ImageJ. */
    public TrainPlugIn() {
        super(Task.TRAIN, COMMAND);
    }

    @Override
    Optional<Settings> ask() throws IOException {
        return new TrainDialog(COMMAND).ask();
    }

    @Override
    void execute(Settings settings) throws IOException {
        TrainJob.run(settings);
    }
}
