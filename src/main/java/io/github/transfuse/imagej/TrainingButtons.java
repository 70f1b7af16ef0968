package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingProposal;
import java.awt.EventQueue;
import java.awt.Label;
import java.io.IOException;
import java.util.function.Supplier;

/** The buttons in plain ImageJ's dialog for training; their work goes on beside the dialog, which stays usable. */
final class TrainingButtons {
    private static final String HINT = "What is auto is chosen to fit the images.";

    private final GenericDialog dialog;
    private final Label line;

    private TrainingButtons(GenericDialog dialog) {
        this.dialog = dialog;
        dialog.addMessage(HINT);
        this.line = (Label) dialog.getMessage();
    }

    /**
     * Adds the buttons below what the dialog has.
     *
     * @param fields to fill with what is proposed
     * @param settings what the fields say, if they are allowed values
     */
    static void add(GenericDialog dialog, SettingFields fields, Supplier<Settings> settings) {
        TrainingButtons buttons = new TrainingButtons(dialog);
        dialog.addButton(
                TrainingAssistant.PROPOSE,
                event -> buttons.start("Looking at the images ...", settings, asked -> {
                    TrainingProposal proposal = TrainingAssistant.propose(asked);
                    proposal.sentences().forEach(IJ::log);
                    EventQueue.invokeLater(() -> fields.show(proposal.settings().all()));
                    return proposal.sentences().get(proposal.sentences().size() - 1);
                }));
        dialog.addToSameRow();
        dialog.addButton(
                TrainingAssistant.SAMPLES,
                event -> buttons.start("Making samples ...", settings, asked -> {
                    ImagePlus samples = TrainingAssistant.samples(asked);
                    EventQueue.invokeLater(samples::show);
                    return HINT;
                }));
    }

    /** Something to do with the settings, which ends with a line to show. */
    @FunctionalInterface
    private interface Work {
        String run(Settings settings) throws IOException;
    }

    private void start(String announced, Supplier<Settings> asked, Work work) {
        say(announced);
        Settings settings;
        try {
            settings = asked.get();
        } catch (IllegalArgumentException e) {
            fail(e);
            return;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        String line = work.run(settings);
                        EventQueue.invokeLater(() -> say(line));
                    } catch (IOException | RuntimeException e) {
                        EventQueue.invokeLater(() -> fail(e));
                    }
                },
                "TransFuse look at training images");
        thread.setDaemon(true);
        thread.start();
    }

    private void say(String text) {
        line.setText(text);
        dialog.pack();
    }

    private void fail(Exception failure) {
        say(HINT);
        IJ.showMessage(dialog.getTitle(), Failures.message(failure));
    }
}
