package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.util.Optional;

/** What the commands for label images in ImageJ and Fiji have in common: their image is the active one. */
abstract class LabelsPlugIn extends TransFusePlugIn {
    private final Task task;
    private final String command;

    /** While the dialog was open the user may have chosen another window. */
    private Optional<ImagePlus> asked = Optional.empty();

    LabelsPlugIn(Task task, String command) {
        super(task, command);
        this.task = task;
        this.command = command;
    }

    @Override
    final Optional<Settings> ask() throws IOException {
        ImagePlus image = InputImages.active()
                .orElseThrow(() -> new IllegalArgumentException("There is no image open. Open one first."));
        asked = Optional.of(image);
        return new LabelsDialog(command, task, image).ask();
    }

    /** The image that was active when the command was chosen. */
    final Optional<ImagePlus> image() {
        return asked.or(InputImages::active);
    }
}
