package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.SettingSpec;
import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import io.github.transfuse.TrainingProposal;
import java.io.File;
import java.io.IOException;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a model in Fiji. */
@Plugin(
        type = Command.class,
        label = TrainPlugIn.COMMAND,
        menu = {@Menu(label = "Plugins"), @Menu(label = "TransFuse"), @Menu(label = TrainPlugIn.COMMAND)})
public final class TrainCommand extends TransFuseCommand {
    /** Name of a method that a button calls. */
    static final String PROPOSE = "propose";

    /** Name of a method that a button calls. */
    static final String SAMPLES = "samples";

    @Parameter
    File images;

    @Parameter
    File masks;

    @Parameter
    File output;

    @Parameter
    String validation;

    @Parameter
    boolean resume;

    @Parameter
    String epochs;

    @Parameter
    String batch_size;

    @Parameter
    String patience;

    @Parameter
    String seed;

    @Parameter
    String learning_rate;

    @Parameter
    String rate_schedule;

    @Parameter
    String averaging;

    @Parameter
    String variant;

    @Parameter
    String start_from;

    @Parameter
    File backbones;

    @Parameter
    String input_size;

    @Parameter
    String input_rule;

    @Parameter
    String mask_type;

    @Parameter
    String ignore_label;

    @Parameter
    String augment;

    @Parameter
    String tile_size;

    @Parameter
    String overlap;

    @Parameter
    String channels;

    @Parameter
    String pixel_size;

    @Parameter
    String normalization;

    @Parameter
    String mode;

    @Parameter
    String context_slices;

    @Parameter
    String precision;

    @Parameter
    String device;

    /** Made by SciJava. */
    public TrainCommand() {
        super(Task.TRAIN);
    }

    @Override
    public void initialize() {
        super.initialize();
        if (interactive()) {
            addButton(PROPOSE, TrainingAssistant.PROPOSE);
            addButton(SAMPLES, TrainingAssistant.SAMPLES);
        }
    }

    /** Called by the dialog, which shows the fields again afterwards. */
    void propose() {
        look(() -> {
            TrainingProposal proposal = TrainingAssistant.propose(fields());
            proposal.sentences().forEach(IJ::log);
            for (SettingSpec row : rows()) {
                if (getInput(row.key()) instanceof String) {
                    setInput(row.key(), proposal.settings().get(row.key()));
                }
            }
        });
    }

    /** Called by the dialog. */
    void samples() {
        look(() -> TrainingAssistant.samples(fields()).show());
    }

    @Override
    void execute(Settings settings) throws IOException {
        TrainJob.run(settings);
    }
}
