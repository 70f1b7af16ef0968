package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.ImagenetBranches;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the settings {@code start_from} and {@code backbones} ask a training to start from. */
final class StartChoice {
    private static final String RANDOM = "random";
    private static final String IMAGENET = "imagenet";
    private static final String PUBLISHED = ".pth";

    private StartChoice() {}

    /**
     * The start of a training.
     *
     * @param variant of the new model
     * @param chosen the model that the program chose or that was asked for, if it is one of ours
     * @throws SettingException if the two settings contradict each other
     * @throws IOException if the model to start from cannot be found
     */
    static TrainingPlan.Start of(Settings settings, Variant variant, Optional<StartModel> chosen) throws IOException {
        boolean resume = settings.get(Keys.RESUME);
        if (chosen.filter(StartModel::isGeneral).isPresent() && !GeneralStart.fits(variant)) {
            throw new SettingException("start_from=" + GeneralStart.NAME + " is for the variants T and TFINE, not for "
                    + variant.name() + ": leave it out.");
        }
        Optional<Path> folder = settings.get(Keys.BACKBONES).map(Path::of);
        if (folder.isPresent() && settings.has(Keys.START_FROM)) {
            throw new SettingException("backbones=" + folder.get() + " does not go with start_from="
                    + settings.written(Keys.START_FROM) + ": leave one of the two out.");
        }
        if (folder.isPresent()) {
            return new TrainingPlan.Start(Origin.FOLDER, folder, resume);
        }
        Optional<String> published = model(settings).filter(StartChoice::isPublished);
        if (published.isPresent()) {
            return new TrainingPlan.Start(Origin.MODEL, Optional.of(path(published.get())), resume);
        }
        if (chosen.isPresent()) {
            StartModel start = chosen.get();
            return new TrainingPlan.Start(
                    start.origin(), Optional.of(start.folder().path()), resume);
        }
        boolean imagenet = settings.written(Keys.START_FROM).equalsIgnoreCase(IMAGENET);
        if (imagenet && !ImagenetBranches.fit(variant)) {
            throw new SettingException("start_from=" + IMAGENET + " is for the variants T, TFINE and T3D, not for "
                    + variant.name() + ": leave it out, or give its branches as backbones.");
        }
        boolean random = (settings.has(Keys.START_FROM) && !imagenet) || !ImagenetBranches.fit(variant);
        return new TrainingPlan.Start(random ? Origin.RANDOM : Origin.IMAGENET, Optional.empty(), resume);
    }

    private static Path path(String published) throws IOException {
        Path file = Path.of(published);
        return Files.isRegularFile(file) ? file : ModelCatalogue.find(published).path();
    }

    /** The model that is fine-tuned, if it is one of ours. */
    static Optional<StartModel> base(Settings settings) throws IOException {
        if (isGeneral(settings)) {
            return Optional.of(new StartModel(GeneralStart.open(), Origin.GENERAL));
        }
        Optional<String> from = model(settings).filter(text -> !isPublished(text));
        return from.isPresent()
                ? Optional.of(new StartModel(ModelCatalogue.find(from.get()), Origin.MODEL))
                : Optional.empty();
    }

    /** The general model, by a word that is no model of the user's. */
    private static boolean isGeneral(Settings settings) {
        return settings.written(Keys.START_FROM).equalsIgnoreCase(GeneralStart.NAME);
    }

    private static Optional<String> model(Settings settings) {
        return settings.get(Keys.START_FROM)
                .filter(text -> !RANDOM.equalsIgnoreCase(text)
                        && !IMAGENET.equalsIgnoreCase(text)
                        && !GeneralStart.NAME.equalsIgnoreCase(text));
    }

    private static boolean isPublished(String model) {
        return model.toLowerCase(Locale.ROOT).endsWith(PUBLISHED);
    }
}
