package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.image.UnclearRoisException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.GraphicsEnvironment;
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
        try {
            TrainJob.run(settings);
        } catch (UnclearRoisException e) {
            if (IJ.isMacro() || GraphicsEnvironment.isHeadless()) {
                throw e;
            }
            Optional<Settings> answered = RoiQuestion.ask(COMMAND, settings);
            if (answered.isPresent()) {
                TrainJob.run(answered.get());
            }
        }
    }
}
