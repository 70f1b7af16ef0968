package io.github.transfuse.imagej;

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

/** What the dialog for training offers before it starts: values that fit the images, and a look at what it will see. */
final class TrainingAssistant {
    private static final int COLUMNS = 4;

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
     * Examples as the network would see them, with their truth outlined, in one picture.
     *
     * @param side longest side of each in pixels
     * @throws IOException if images and masks cannot be read or do not match
     */
    static BufferedImage samples(Settings asked, int side) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            return PreviewStrip.draw(TransFuse.augmentedSamples(inFolders(asked, aside)), COLUMNS, side);
        }
    }

    /** Open images are written as folders: here into one that is thrown away. */
    static Settings inFolders(Settings asked, TemporaryFolder aside) throws IOException {
        Path output = aside.path().resolve("model");
        return OpenTrainingImages.inFolders(asked.with(Keys.OUTPUT, output).with(Keys.RESUME, false), note -> {});
    }
}
