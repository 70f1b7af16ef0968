package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses which model is trained: what the settings leave open is as in the model to start from, otherwise as the images
 * call for it.
 *
 * @param settings for training
 * @param images number of images
 * @param survey of the images
 * @param known of the classes before the masks were looked at
 */
record SpecPlanner(Settings settings, int images, DataSurvey survey, TrainingPlanner.Known known) {
    private static final int COLOURS = 3;

    /** Names that are given where nobody gave one. */
    private static final String NAMELESS = "(?i)foreground|object|region|(class|group) \\d+";

    private Optional<ModelSpec> base() {
        return known.base();
    }

    /** That of the folder; a fold has that of the training too. */
    private static String name(Path output) {
        String name = output.getFileName().toString();
        Path parent = output.getParent();
        boolean fold = name.matches("fold-\\d+") && parent.getNameCount() > 0;
        return fold ? parent.getFileName() + "-" + name : name;
    }

    /** The model, with the name of its folder. */
    ModelSpec spec(Path output) {
        Variant variant = variant();
        InputSpec input = (variant.scales().axes() == 3 ? volumes(variant) : planes().input(channels()))
                .oriented(survey.orientation());
        String name = name(output.toAbsolutePath().normalize());
        Identity identity = new Identity(
                name.replaceAll("\\s+", "-"), name, "Trained on " + images + " images.", "not stated by its author");
        return new ModelSpec(
                identity,
                new NetworkSpec(variant, channels() * input.sampling().slices(), outputs(), true),
                input,
                output(),
                known.values().map(ModelHistory::of).orElseGet(ModelHistory::empty));
    }

    /**
     * Those of the images; but a start that sees colours sees grey images as it always did. What the general start never
     * saw stays one channel: grey values of no known range, planes amid their neighbours.
     */
    private int channels() {
        int found = settings.get(Keys.CHANNELS).map(List::size).orElse(survey.channels());
        boolean greyAsColour = known.start()
                .filter(start -> start.spec().imageChannels() == COLOURS)
                .filter(start -> !start.isGeneral() || seesPictures())
                .isPresent();
        return found == 1 && greyAsColour ? COLOURS : found;
    }

    /** Whether a network sees single planes of bytes, and normalises them as pictures. */
    private boolean seesPictures() {
        boolean planes =
                settings.get(Keys.MODE).filter(mode -> !mode.equals("slices")).isEmpty();
        return planes && survey.looks().bytes() && !instances();
    }

    private boolean instances() {
        return survey.type() == MaskType.INSTANCES;
    }

    private int outputs() {
        if (instances()) {
            // as background, interior and boundary, so that touching ones come apart
            return 3;
        }
        return survey.classes() == 1 ? 1 : survey.classes() + 1;
    }

    private OutputSpec output() {
        OutputSpec.Kind kind = instances() ? OutputSpec.Kind.BOUNDARY_INSTANCES : OutputSpec.Kind.CLASSES;
        List<OutputSpec.ClassSpec> classes = classes();
        return base().map(ModelSpec::output)
                .filter(start -> start.kind() == kind && names(start.classes()).equals(names(classes)))
                .map(start -> new OutputSpec(
                        classes, kind, start.threshold(), start.minSize(), start.fillHoles(), start.splitDepth()))
                .orElseGet(() ->
                        new OutputSpec(classes, kind, 0.5, 0, false, instances() ? OutputSpec.USUAL_SPLIT_DEPTH : 0));
    }

    private static List<String> names(List<OutputSpec.ClassSpec> classes) {
        return classes.stream().map(OutputSpec.ClassSpec::name).toList();
    }

    /** Volumes need a variant of their own, and it needs volumes: one of the two settings is enough. */
    private Variant variant() {
        boolean volumes = settings.get(Keys.MODE).filter("volume"::equals).isPresent();
        boolean forVolumes = Variant.of(settings.get(Keys.VARIANT)).scales().axes() == 3;
        boolean contradiction =
                volumes ? settings.isGiven(Keys.VARIANT) && !forVolumes : forVolumes && settings.isGiven(Keys.MODE);
        if (contradiction) {
            throw new SettingException(
                    "variant=" + settings.get(Keys.VARIANT) + " does not go with mode=" + settings.written(Keys.MODE)
                            + ": volumes are learned by variant T3D, everything else by the others.");
        }
        if (base().isPresent() && !settings.isGiven(Keys.VARIANT) && !volumes) {
            return started(base().get().network().variant());
        }
        return volumes || forVolumes
                ? base().map(start -> start.network().variant())
                        .filter(variant -> variant.scales().axes() == 3)
                        .orElseGet(() -> new VolumePlanner(settings, survey.volumes()).variant())
                : Variant.of(settings.get(Keys.VARIANT));
    }

    private Variant started(Variant variant) {
        if (variant.scales().axes() == 3 && settings.isGiven(Keys.MODE) && settings.has(Keys.MODE)) {
            throw new SettingException("mode=" + settings.written(Keys.MODE) + " does not go with start_from="
                    + settings.written(Keys.START_FROM)
                    + ", which is a model of volumes (mode=volume). Leave mode out, or"
                    + " start from a model of planes.");
        }
        return variant;
    }

    /** What a network for volumes sees: that of the model to start from, or what fits the volumes. */
    private InputSpec volumes(Variant variant) {
        return base().map(ModelSpec::input)
                .filter(input -> input.sampling().mode() == InputSpec.Mode.VOLUME
                        && settings.get(Keys.TILE_SIZE).isEmpty())
                .orElseGet(() -> new VolumePlanner(settings, survey.volumes()).input(variant.scales()));
    }

    private PlanePlanner planes() {
        return new PlanePlanner(settings, survey, known.input());
    }

    /** As the list beside the masks has them; where nobody named them, as the start does if it has as many. */
    private List<OutputSpec.ClassSpec> classes() {
        List<OutputSpec.ClassSpec> named = known.named()
                // several classes that are learned as one foreground are not the first of them
                .filter(list -> survey.type() == MaskType.CLASSES || list.size() == 1)
                .orElse(List.of());
        List<OutputSpec.ClassSpec> started = known.start()
                .filter(start -> start.origin() == Origin.MODEL)
                .map(start -> start.spec().output().classes())
                .filter(classes -> classes.size() == survey.classes() && areNameless(named))
                .orElse(named);
        return IntStream.rangeClosed(1, survey.classes())
                .mapToObj(i -> i <= started.size()
                        ? started.get(i - 1)
                        : new OutputSpec.ClassSpec(
                                instances() ? "object" : survey.classes() == 1 ? "foreground" : "class " + i,
                                ClassList.color(i)))
                .toList();
    }

    /** Whether nobody gave the classes names of their own. */
    static boolean areNameless(List<OutputSpec.ClassSpec> classes) {
        return classes.stream().allMatch(each -> each.name().matches(NAMELESS));
    }
}
