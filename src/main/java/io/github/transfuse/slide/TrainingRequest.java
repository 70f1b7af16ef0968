package io.github.transfuse.slide;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A training that a user asked for in the dialog.
 *
 * @param name of the new model, under which it appears in the list of models
 * @param asked settings for training, such as the model to start from and the epochs
 * @param export settings for exporting: how the regions that are learned are written
 */
public record TrainingRequest(String name, Settings asked, Settings export) {
    /** What the settings start a new model from, unless told otherwise. */
    public static final String NEW = Settings.training().written(Keys.START_FROM);

    /** A new model from nothing. */
    public static final String RANDOM = "random";

    /** A new model from the ImageNet weights in the plugin. */
    public static final String IMAGENET = "imagenet";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks the name, so that nothing is exported for a training that cannot be stored. */
    public TrainingRequest {
        export.require(Task.EXPORT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Name: '" + name + "' cannot be the name of a model. Use letters, digits, points and hyphens.");
        }
        if (Files.exists(ModelCatalogue.userFolder().resolve(name))) {
            throw new IllegalArgumentException(
                    "Name: there is a model '" + name + "' already. Choose another name, or remove "
                            + ModelCatalogue.userFolder().resolve(name) + ".");
        }
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
                .with(Keys.MASK_TYPE, startsFromObjects() ? "auto" : "classes");
        if (export.get(Keys.SPARSE) || TrainingSet.hasIgnored(set)) {
            settings = settings.with(Keys.IGNORE_LABEL, MaskCodes.IGNORED);
        }
        Path validation = TrainingSet.validation(set);
        if (Files.exists(validation) && validation.toFile().length() > 0) {
            settings = settings.with(Keys.VALIDATION, validation.toString());
        }
        // a model that sees its regions whole would see all of an annotation of any size in as few pixels
        return isNew() ? settings.with(Keys.INPUT_RULE, "tile") : settings;
    }

    /** Whether the start tells objects apart, which a training goes on with if they are what was drawn. */
    private boolean startsFromObjects() {
        if (isNew()) {
            return false;
        }
        try {
            return ModelCatalogue.find(asked.written(Keys.START_FROM))
                            .spec()
                            .output()
                            .kind()
                    == OutputSpec.Kind.BOUNDARY_INSTANCES;
        } catch (IOException e) {
            // the training says what is wrong with it
            return false;
        }
    }

    private boolean isNew() {
        return asked.get(Keys.START_FROM)
                .filter(start -> !RANDOM.equalsIgnoreCase(start) && !IMAGENET.equalsIgnoreCase(start))
                .isEmpty();
    }
}
