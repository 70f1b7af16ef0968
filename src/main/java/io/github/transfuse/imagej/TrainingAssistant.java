package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import io.github.transfuse.TransFuse;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingProposal;
import io.github.transfuse.view.PreviewStrip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What both dialogs for training offer before it starts: values that fit the images, and a look at what it will see. */
final class TrainingAssistant {
    /** Label of the button that calls {@link #propose}. */
    static final String PROPOSE = "Propose values from the images";

    /** Label of the button that calls {@link #samples}. */
    static final String SAMPLES = "Show 12 augmented samples";

    private static final int COLUMNS = 4;
    private static final int SIDE = 220;

    private TrainingAssistant() {}

    /**
     * The settings with values in the places of {@code auto}, and what was found.
     *
     * @throws IOException if images and masks cannot be read or do not match
     */
    static TrainingProposal propose(Settings asked) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingProposal proposal = TransFuse.propose(inFolders(asked, aside));
            Settings settings = proposal.settings();
            for (OptionalKey<?> key : List.of(Keys.IMAGES, Keys.MASKS, Keys.OUTPUT)) {
                settings = settings.with(key.name(), asked.written(key));
            }
            return new TrainingProposal(settings, proposal.sentences());
        }
    }

    /**
     * Examples as the network would see them, with their truth outlined, in one image that is not shown yet.
     *
     * @throws IOException if images and masks cannot be read or do not match
     */
    static ImagePlus samples(Settings asked) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            BufferedImage drawn = PreviewStrip.draw(TransFuse.augmentedSamples(inFolders(asked, aside)), COLUMNS, SIDE);
            return new ImagePlus("Augmented samples", drawn);
        }
    }

    /** Open images are written as folders: here into one that is thrown away. */
    private static Settings inFolders(Settings asked, TemporaryFolder aside) throws IOException {
        Path output = aside.path().resolve("model");
        return OpenTrainingImages.inFolders(asked.with(Keys.OUTPUT, output).with(Keys.RESUME, false), IJ::log);
    }
}
