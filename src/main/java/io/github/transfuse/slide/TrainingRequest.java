package io.github.transfuse.slide;

import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A training that a user asked for in the dialog.
 *
 * @param name of the new model, under which it appears in the list of models
 * @param asked settings for training, such as the model to start from and the epochs
 * @param export settings for exporting: how the regions that are learned are written
 */
public record TrainingRequest(String name, Settings asked, Settings export) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks the name, so that nothing is exported for a training that cannot be stored. */
    public TrainingRequest {
        export.require(Task.EXPORT);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("Name: the new model has no name yet. Give it one, such as my-nuclei.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Name: '" + name + "' cannot be the name of a model. Use letters, digits, points and hyphens.");
        }
        Path folder = ModelCatalogue.userFolder().resolve(name);
        if (Files.exists(folder) && !isUnfinished(folder)) {
            throw new IllegalArgumentException(
                    "Name: there is a model '" + name + "' already. Choose another name, or remove " + folder + ".");
        }
        if (hasMeaning(name)) {
            throw new IllegalArgumentException(
                    "Name: '" + name + "' means another model already, in scripts too. Choose"
                            + " another name, such as my-" + name + ".");
        }
    }

    /** What a training left that was interrupted is no model. */
    private static boolean isUnfinished(Path folder) {
        return CheckpointFiles.areIn(folder) && !Files.exists(folder.resolve(ModelFolder.SPEC));
    }

    /** What to tell of the folder before the training; empty if nothing. */
    public Optional<String> aboutFolder() {
        return isUnfinished(ModelCatalogue.userFolder().resolve(name))
                ? Optional.of("An earlier training of " + name + " did not end: its checkpoints are replaced.")
                : Optional.empty();
    }

    /** Models of the plugin and of other folders, and words that stand in place of a model. */
    private static boolean hasMeaning(String name) {
        if (TrainingStart.isWord(name)) {
            return true;
        }
        try {
            return ModelCatalogue.standard().entries().stream()
                    .anyMatch(known -> known.name().equals(name));
        } catch (IOException e) {
            // the training says what is wrong with the folders
            return false;
        }
    }

    /** What it begins with. */
    public TrainingStart start() {
        return new TrainingStart(asked, export);
    }

    /** Where the regions go: a folder that {@code transfuse train} reads too. */
    public Path trainingSet() {
        return ModelCatalogue.userFolder().resolveSibling("training-sets").resolve(name);
    }

    /** The settings with which the exported regions are learned. */
    public Settings settings() {
        Path set = trainingSet();
        Settings settings = asked.with(Keys.IMAGES, set.resolve("images").toString())
                .with(Keys.MASKS, set.resolve("masks").toString())
                .with(Keys.OUTPUT, ModelCatalogue.userFolder().resolve(name))
                .with(Keys.MASK_TYPE, TrainingSet.hasObjects(set) ? "instances" : "classes");
        if (export.get(Keys.SPARSE) || TrainingSet.hasIgnored(set)) {
            settings = settings.with(
                    Keys.IGNORE_LABEL, TrainingSet.hasObjects(set) ? MaskCodes.IGNORED_NUMBER : MaskCodes.IGNORED);
        }
        Path validation = TrainingSet.validation(set);
        if (Files.exists(validation) && validation.toFile().length() > 0) {
            settings = settings.with(Keys.VALIDATION, validation.toString());
        }
        // what is asked for counts more than the scale of the start
        Optional<Double> size = export.get(Keys.PIXEL_SIZE);
        if (size.isPresent() && start().hasScale()) {
            settings = settings.with(Keys.PIXEL_SIZE, size.get());
        }
        // a model that sees its regions whole would see all of an annotation of any size in as few pixels
        return start().isNew() && !asked.isGiven(Keys.INPUT_RULE) ? settings.with(Keys.INPUT_RULE, "tile") : settings;
    }
}
