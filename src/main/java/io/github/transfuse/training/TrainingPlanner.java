package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.image.RoiFolder;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.ClassTransfer;
import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.MaskValues;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.samples.DrawnMasks;
import io.github.transfuse.samples.KnownClasses;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Turns settings for training into a plan; what is {@code auto} is chosen to fit the images found.
 *
 * @param settings for training
 * @param images number of images
 * @param survey of the images
 * @param known of the classes before the masks were looked at
 */
public record TrainingPlanner(Settings settings, int images, DataSurvey survey, Known known) {
    /** Folder in the model folder. */
    private static final String DRAWN_MASKS = "masks-from-rois";

    private static final int BATCH = 16;
    private static final int BATCH_OF_VOLUMES = 4;

    /** Tiles have many pixels: in the same time, more steps with fewer of them learn more (docs/few-shot.md). */
    private static final int BATCH_OF_TILES = 4;

    /** Steps in which a training from pretrained branches settles. */
    private static final int STEPS = 900;

    private static final int MIN_EPOCHS = 8;
    private static final int MAX_EPOCHS = 200;

    /** Epochs without a gain, where a third of all is fewer; so nothing ends before a third of its time. */
    private static final int MIN_PATIENCE = 10;

    private static final int WARMUP_STEPS = 60;
    private static final double BACKBONE_SHARE = 1 / 3.0;
    private static final double BETA_1 = 0.5;
    private static final double DROPOUT = 0.1;

    /**
     * What is known before masks are looked at.
     *
     * @param named classes of a list beside the masks, in the order of their values; empty if there is none
     * @param values that they had in the masks of an earlier training of this model, where those are not indices
     * @param start the model that is started from, if it is one of ours
     */
    record Known(Optional<List<OutputSpec.ClassSpec>> named, Optional<MaskValues> values, Optional<StartModel> start) {
        static Known of(Settings settings, List<Pair> pairs) throws IOException {
            MaskType type = MaskType.of(settings.written(Keys.MASK_TYPE));
            boolean classes = type == MaskType.AUTO || type == MaskType.CLASSES;
            List<Path> masks = pairs.stream().map(Pair::mask).toList();
            Optional<List<OutputSpec.ClassSpec>> named = ClassList.beside(settings.folder(Keys.MASKS), masks, classes);
            Optional<StartModel> start = StartChoice.base(settings);
            // a list says that values are indices
            return new Known(named, named.isPresent() ? Optional.empty() : earlier(settings, start), start);
        }

        private Known from(StartModel model) {
            return new Known(named, values, Optional.of(model));
        }

        /** The model whose task the new one shares. */
        Optional<ModelSpec> base() {
            return start.filter(model -> !model.isGeneral()).map(StartModel::spec);
        }

        /** What the start says of how images are seen. */
        Optional<InputSpec> input() {
            return base().map(ModelSpec::input);
        }

        private static Optional<MaskValues> earlier(Settings settings, Optional<StartModel> start) throws IOException {
            Optional<ModelSpec> from = start.filter(model -> !model.isGeneral()).map(StartModel::spec);
            Path output = settings.folder(Keys.OUTPUT);
            if (from.isEmpty() && settings.get(Keys.RESUME) && Files.exists(output.resolve(ModelFolder.SPEC))) {
                try {
                    from = Optional.of(ModelFolder.open(output).spec());
                } catch (ModelFormatException e) {
                    // half a model is no obstacle: the training goes on from its checkpoint and writes it anew
                    return Optional.empty();
                }
            }
            return from.flatMap(model -> model.history().maskValues());
        }

        KnownClasses classes() {
            OptionalInt count =
                    named.map(list -> OptionalInt.of(list.size() + 1)).orElse(OptionalInt.empty());
            return new KnownClasses(
                    count,
                    values,
                    named.orElse(List.of()).stream()
                            .map(OutputSpec.ClassSpec::name)
                            .toList());
        }

        /** What masks mean: objects where the start tells objects apart, and the masks are not known to show others. */
        MaskType type(MaskType asked) {
            List<OutputSpec.ClassSpec> classes = named.orElse(List.of());
            boolean objects = base().filter(
                            start -> start.output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES && fit(start, classes))
                    .isPresent();
            return asked == MaskType.AUTO && objects ? MaskType.INSTANCES : asked;
        }

        private static boolean fit(ModelSpec start, List<OutputSpec.ClassSpec> classes) {
            return classes.size() <= 1
                    && (SpecPlanner.areNameless(classes)
                            || ClassTransfer.isSame(start, 0, classes.get(0).name()));
        }
    }

    /**
     * Makes the plan.
     *
     * @throws SettingException if a setting is missing
     * @throws IOException if images and masks cannot be read or do not match
     */
    public static TrainingPlan plan(Settings settings) throws IOException {
        return of(settings).plan();
    }

    /** Looks at the images; see {@link #plan(Settings)}. */
    static TrainingPlanner of(Settings settings) throws IOException {
        settings.require(Task.TRAIN);
        settings.folder(Keys.OUTPUT);
        Settings paired = withDrawnMasks(settings);
        List<Pair> pairs = Pairing.of(paired.folder(Keys.IMAGES), paired.folder(Keys.MASKS));
        Optional<Integer> ignored = settings.get(Keys.IGNORE_LABEL);
        Known known = Known.of(paired, pairs);
        DataSurvey survey = DataSurvey.of(
                pairs,
                known.type(MaskType.of(paired.written(Keys.MASK_TYPE))),
                ignored,
                known.classes(),
                bodyAxes(paired, known));
        TrainingPlanner planner = new TrainingPlanner(paired, pairs.size(), survey, known);
        Optional<ModelFolder> nearest = new NearestModel(paired, survey).find();
        if (nearest.isPresent()) {
            TrainingPlanner started = planner.from(new StartModel(nearest.get(), Origin.NEAREST));
            // settings may want to see images in another way than it
            InputSpec input = started.spec().input();
            if (NearestModel.seesTheSame(input, nearest.get().spec().input())) {
                return started;
            }
        }
        return planner.startsGenerally() ? planner.from(new StartModel(GeneralStart.open(), Origin.GENERAL)) : planner;
    }

    private TrainingPlanner from(StartModel start) {
        return new TrainingPlanner(settings, images, survey, known.from(start));
    }

    /** Whether no start is asked for and none is nearer, and the general one is of the variant. */
    private boolean startsGenerally() {
        boolean asked =
                settings.has(Keys.START_FROM) || settings.get(Keys.BACKBONES).isPresent();
        return !asked && GeneralStart.fits(spec().network().variant());
    }

    private ModelSpec spec() {
        return new SpecPlanner(settings, images, survey, known).spec(settings.folder(Keys.OUTPUT));
    }

    private static BodyAxes bodyAxes(Settings settings, Known known) {
        Optional<InputSpec.Sampling> of = known.input().map(InputSpec::sampling);
        boolean volumes = Variant.of(settings.get(Keys.VARIANT)).scales().axes() == 3;
        InputSpec.Mode started = of.map(InputSpec.Sampling::mode).orElse(InputSpec.Mode.SLICES);
        InputSpec.Mode mode = settings.isGiven(Keys.MODE)
                ? settings.get(Keys.MODE)
                        .map(text -> InputSpec.Mode.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(started)
                : started;
        return new BodyAxes(volumes ? InputSpec.Mode.VOLUME : mode, of.flatMap(InputSpec.Sampling::orientation));
    }

    /**
     * Files of shapes are drawn, so that they are masks as others. One folder for images and masks, without files of shapes,
     * means that the masks are ROIs saved with the images.
     */
    private static Settings withDrawnMasks(Settings settings) throws IOException {
        Path images = settings.folder(Keys.IMAGES);
        Path masks = settings.folder(Keys.OUTPUT).resolve(DRAWN_MASKS);
        List<Pair> shapes = Pairing.ofShapes(images, settings.folder(Keys.MASKS));
        if (!shapes.isEmpty()) {
            RoiMeaning meaning = DrawnMasks.meaning(shapes, RoiMeaning.of(settings.written(Keys.MASK_TYPE)));
            DrawnMasks.Rule rule = new DrawnMasks.Rule(meaning, settings.get(Keys.IGNORE_LABEL), List.of());
            ClassList.write(masks, DrawnMasks.draw(shapes, rule, masks));
            return settings.with(Keys.MASKS, masks.toString()).with(Keys.MASK_TYPE, meaning.maskType());
        }
        if (!Files.isDirectory(images) || !images.equals(settings.folder(Keys.MASKS))) {
            return settings;
        }
        RoiMasks drawn = RoiFolder.drawMasks(images, masks, RoiMeaning.of(settings.written(Keys.MASK_TYPE)));
        Settings found = settings.with(Keys.MASKS, masks.toString());
        if (drawn.meaning() == RoiMeaning.OBJECTS) {
            ClassList.remove(masks);
            return found.with(Keys.MASK_TYPE, RoiMeaning.OBJECTS.maskType());
        }
        ClassList.write(masks, drawn.classes());
        return found;
    }

    /** The same images with other settings for the schedule. */
    TrainingPlanner with(Settings changed) {
        return new TrainingPlanner(changed, images, survey, known);
    }

    /** Why the network sees what it sees, in words, where that is not asked for. */
    Optional<String> reason() {
        boolean planes = spec().network().variant().scales().axes() == 2;
        return planes ? new PlanePlanner(settings, survey, known.input()).reason() : Optional.empty();
    }

    /** The plan for the images that were looked at. */
    public TrainingPlan plan() throws IOException {
        Path output = settings.folder(Keys.OUTPUT);
        TrainingPlan.Execution execution = new TrainingPlan.Execution(
                settings.networkOptions(),
                augmentations(),
                DROPOUT,
                settings.get(Keys.AVERAGING),
                new TrainingPlan.Output(output, false, command(), settings.get(Keys.KEEP_CHECKPOINTS)));
        ModelSpec spec = spec();
        TrainingPlan.Start start = StartChoice.of(settings, spec.network().variant(), known.start());
        return new TrainingPlan(spec, data(), schedule(spec), start, execution);
    }

    private TrainingPlan.Data data() {
        List<Integer> channels = settings.get(Keys.CHANNELS).orElse(List.of());
        return new TrainingPlan.Data(
                settings.folder(Keys.IMAGES),
                settings.folder(Keys.MASKS),
                settings.get(Keys.VALIDATION),
                new TrainingPlan.MaskMeaning(survey.type().toString(), settings.get(Keys.IGNORE_LABEL)),
                channels);
    }

    private TrainingPlan.Schedule schedule(ModelSpec spec) {
        boolean volumes = spec.network().variant().scales().axes() == 3;
        int most = volumes ? BATCH_OF_VOLUMES : BATCH;
        double examples = (double) images * survey.examplesPerImage(spec.input());
        int usual = (int) Math.max(1, Math.min(most, Math.floor(examples / 2)));
        boolean tiles = !volumes && spec.input().rule() == InputSpec.Rule.TILE;
        int batch = settings.get(Keys.BATCH_SIZE).orElse(tiles ? Math.min(BATCH_OF_TILES, usual) : usual);
        double fitting = Math.ceil(STEPS * settings.get(Keys.BATCH_SIZE).orElse(usual) / examples);
        int epochs = settings.get(Keys.EPOCHS).orElse((int) Math.max(MIN_EPOCHS, Math.min(MAX_EPOCHS, fitting)));
        double rate = settings.get(Keys.LEARNING_RATE);
        return new TrainingPlan.Schedule(
                epochs,
                batch,
                new TrainingPlan.Rate(
                        rate,
                        rate * BACKBONE_SHARE,
                        WARMUP_STEPS,
                        settings.get(Keys.RATE_SCHEDULE).equals("cosine"),
                        BETA_1),
                settings.get(Keys.PATIENCE).orElseGet(() -> Math.max(MIN_PATIENCE, (epochs + 2) / 3)),
                settings.get(Keys.SEED));
    }

    private Set<String> augmentations() {
        return settings.get(Keys.AUGMENT).orElse(Set.of());
    }

    private List<String> command() {
        return List.of("transfuse", "train" + settings.recorded().commandLine());
    }
}
