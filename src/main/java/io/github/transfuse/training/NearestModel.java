package io.github.transfuse.training;

import io.github.transfuse.model.ImagenetBranches;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.network.Variant;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The bundled model that is nearest to a task, from which {@code start_from=auto} starts. docs/few-shot.md has the figures
 * behind the rule: for planes with one or three channels and variant {@code T} or {@code TFINE},
 *
 * <ul>
 *   <li>{@code nuclei} where objects are to be told apart,
 *   <li>{@code skin-lesion} where images of 8 bits are seen whole and one foreground is to be found, and neither it nor the
 *       background is thinner than {@value PlanePlanner#THIN} pixels at the size that the model sees,
 *   <li>otherwise none: such a training starts from the ImageNet weights.
 * </ul>
 *
 * @param settings for training
 * @param survey of the images
 */
record NearestModel(Settings settings, DataSurvey survey) {
    private static final String OBJECTS = "nuclei";
    private static final String AREAS = "skin-lesion";

    private static final int COLOURS = 3;

    /**
     * The model.
     *
     * @throws IOException if the plugin's jar is damaged
     */
    Optional<ModelFolder> find() throws IOException {
        int channels = settings.get(Keys.CHANNELS).map(List::size).orElse(survey.channels());
        if (!isOpen() || (channels != 1 && channels != COLOURS)) {
            return Optional.empty();
        }
        if (survey.type() == MaskType.INSTANCES) {
            return bundled(OBJECTS);
        }
        boolean area = survey.classes() == 1 && survey.looks().bytes();
        return area ? bundled(AREAS).filter(model -> isWide(model.spec().input())) : Optional.empty();
    }

    /** Whether a model that starts from another sees what that sees: settings that want something else want no such start. */
    static boolean seesTheSame(InputSpec input, InputSpec start) {
        return input.rule() == start.rule()
                && input.size().equals(start.size())
                && input.normalization().equals(start.normalization());
    }

    /** Whether a start from a model of planes is left to the program. */
    private boolean isOpen() {
        boolean start =
                settings.has(Keys.START_FROM) || settings.get(Keys.BACKBONES).isPresent();
        boolean modes = settings.isGiven(Keys.MODE)
                && settings.get(Keys.MODE).filter("slices"::equals).isEmpty();
        Variant variant = Variant.of(settings.get(Keys.VARIANT));
        return !start && !modes && variant.scales().axes() == 2 && ImagenetBranches.fit(variant);
    }

    private boolean isWide(InputSpec input) {
        double seen = input.size().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        return !survey.isLarge() && survey.thinnerAt(seen) >= PlanePlanner.THIN;
    }

    /** A model of this name that a user installed is the user's, and not meant. */
    private static Optional<ModelFolder> bundled(String name) throws IOException {
        boolean own = ModelCatalogue.standard().entries().stream()
                .anyMatch(entry -> entry.name().equals(name) && entry.source() == ModelCatalogue.Source.BUNDLED);
        return own ? Optional.of(ModelCatalogue.find(name)) : Optional.empty();
    }
}
