package io.github.transfuse.imagej;

import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Asks what ROIs are, where their names and groups do not say it. */
final class RoiQuestion {
    private static final String[] ANSWERS = {
        "Each ROI is an object", "Each group, or name without its number, is a class", "All ROIs are one class"
    };
    private static final RoiMeaning[] MEANINGS = {RoiMeaning.OBJECTS, RoiMeaning.CLASSES, RoiMeaning.ONE};

    private RoiQuestion() {}

    /** The settings with the answer, which is recorded; empty if the user pressed Cancel. */
    static Optional<Settings> ask(String title, Settings settings) {
        GenericDialog dialog = new GenericDialog(title);
        dialog.addMessage("What are the ROIs?");
        dialog.addRadioButtonGroup("", ANSWERS, ANSWERS.length, 1, ANSWERS[0]);
        dialog.showDialog();
        if (dialog.wasCanceled()) {
            return Optional.empty();
        }
        String answer = dialog.getNextRadioButton();
        String type = MEANINGS[List.of(ANSWERS).indexOf(answer)].maskType();
        if (Recorder.record) {
            Recorder.recordOption(Keys.MASK_TYPE.name(), type);
        }
        return Optional.of(settings.with(Keys.MASK_TYPE, type));
    }
}
