package io.github.transfuse.training;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.MemoryEstimate;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.inference.AxisOrder;
import io.github.transfuse.model.ClassTransfer;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.KeptFromStart;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.AugmentationPreview;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.MasksAsRead;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.Split;
import io.github.transfuse.samples.Splitting;
import io.github.transfuse.segmentation.BatchPlanner;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a training would choose where its settings leave the choice, for people to see and change before it starts.
 *
 * @param settings with the choices in the places of {@code auto}
 * @param sentences what was found, and how much memory it will take
 */
public record TrainingProposal(Settings settings, List<String> sentences) {

    /** Bytes of a pixel of an example: its channels and its target. */
    private static final int TARGET = 1;

    /**
     * Looks at images and masks and proposes; nothing is written. The engine is asked which precision it would use.
     *
     * @param asked settings for training; {@code output} may be missing
     * @throws SettingException if another setting is missing
     * @throws IOException if images and masks cannot be read or do not match
     */
    public static TrainingProposal of(Settings asked) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingPlanner planner = TrainingPlanner.of(into(asked, aside));
            TrainingPlan plan = planner.plan();
            Split split = split(plan);
            List<String> sentences = new ArrayList<>();
            sentences.add(found(planner.survey(), split));
            sentences.addAll(CtWindow.doubts(asked, planner.survey()));
            sentences.add(meaning(planner));
            sentences.add(split.note());
            sentences.add(plan.start().sentence(plan.spec().network().variant()));
            planner.known().base().ifPresent(start -> sentences.addAll(kept(start, plan)));
            planner.reason().ifPresent(sentences::add);
            sentences.add(memory(plan, planner));
            TimeBudget.sentence(asked, plan).ifPresent(sentences::add);
            patience(asked, plan).ifPresent(sentences::add);
            return new TrainingProposal(completed(asked, plan, planner.survey()), List.copyOf(sentences));
        }
    }

    /**
     * Twelve training examples, varied as the settings ask for, with their truth.
     *
     * @throws SettingException if a setting is missing
     * @throws IOException if images and masks cannot be read or do not match
     */
    public static List<Preview> samples(Settings asked) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingPlan plan = TrainingPlanner.plan(into(asked, aside));
            return AugmentationPreview.of(
                            split(plan).training(),
                            plan.spec(),
                            reading(plan),
                            plan.execution().augmentations(),
                            plan.schedule().seed())
                    .stream()
                    .map(sample -> preview(sample).inTheBody(plan.spec().input()))
                    .toList();
        }
    }

    /**
     * Images to train on with their classes as the training reads them.
     *
     * @param images up to four
     * @param classes names of the classes from 1 on
     */
    public record Shown(List<Preview> images, List<String> classes) {}

    /**
     * How masks are read, for the eye.
     *
     * @throws SettingException if a setting is missing
     * @throws IOException if images and masks cannot be read or do not match
     */
    public static Shown masks(Settings asked) throws IOException {
        try (TemporaryFolder aside = TemporaryFolder.make()) {
            TrainingPlan plan = TrainingPlanner.plan(into(asked, aside));
            List<Preview> images = MasksAsRead.of(split(plan), plan.spec(), reading(plan)).stream()
                    .map(sample -> preview(sample).inTheBody(plan.spec().input()))
                    .toList();
            return new Shown(
                    images,
                    plan.spec().output().classes().stream()
                            .map(OutputSpec.ClassSpec::name)
                            .toList());
        }
    }

    private static ExampleSet.Reading reading(TrainingPlan plan) {
        TrainingPlan.Data data = plan.data();
        return new ExampleSet.Reading(
                MaskType.of(data.meaning().type()), data.meaning().ignoreLabel(), data.channels());
    }

    private static Preview preview(AugmentationPreview.Sample sample) {
        return new Preview(
                sample.stem(),
                sample.height(),
                sample.width(),
                sample.rgb(),
                new byte[sample.truth().length],
                sample.truth());
    }

    /** Masks drawn from ROIs are written into the output folder: here into one that is thrown away. */
    private static Settings into(Settings asked, TemporaryFolder aside) {
        return asked.with(Keys.OUTPUT, aside.path().resolve("model"));
    }

    private static Split split(TrainingPlan plan) throws IOException {
        TrainingPlan.Data data = plan.data();
        return Splitting.of(data.validation(), Pairing.of(data.images(), data.masks()));
    }

    private static List<String> kept(ModelSpec start, TrainingPlan plan) {
        ClassTransfer classes = plan.start().origin() == TrainingPlan.Origin.NEAREST
                ? ClassTransfer.ofAnyName(start, plan.spec())
                : ClassTransfer.of(start, plan.spec());
        return new KeptFromStart(start, plan.spec(), classes)
                .sentences(start.identity().name());
    }

    private static String found(DataSurvey survey, Split split) {
        return String.format(
                Locale.ROOT,
                "%d images to train on and %d to validate; median size %s, %d channel(s)%s; masks: %s.",
                split.training().size(),
                split.validation().size(),
                size(survey),
                survey.channels(),
                pixels(survey),
                survey.type());
    }

    private static String pixels(DataSurvey survey) {
        return survey.volumes().deep()
                ? ", voxels of " + survey.volumes().voxel()
                : survey.pixelSize()
                        .map(size -> String.format(Locale.ROOT, ", %.4g %s a pixel", size, DataSurvey.UNIT))
                        .orElse("");
    }

    /** How masks are read, with the names of classes where there are any. */
    private static String meaning(TrainingPlanner planner) {
        String values = planner.survey().meaning();
        String names = planner.known().named().stream()
                .flatMap(List::stream)
                .map(OutputSpec.ClassSpec::name)
                .collect(Collectors.joining(", "));
        return values.substring(0, 1).toUpperCase(Locale.ROOT)
                + values.substring(1)
                + (names.isEmpty() ? "." : "; from 1 on they are " + names + ".");
    }

    private static String size(DataSurvey survey) {
        int depth = survey.volumes().size().get(0);
        return survey.width() + " x " + survey.height() + (depth > 1 ? " x " + depth : "");
    }

    private static String memory(TrainingPlan plan, TrainingPlanner planner) {
        InputSpec input = plan.spec().input();
        DataSurvey survey = planner.survey();
        double pixels = input.rule() == InputSpec.Rule.TILE
                ? (double) survey.width()
                        * survey.height()
                        * survey.volumes().size().get(0)
                : input.size().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        double examples = pixels * planner.images() * (plan.spec().network().channels() + TARGET);
        Precision precision = precision(plan);
        return String.format(
                Locale.ROOT,
                "It takes %s in %s; %.1f GiB are free.",
                MemoryEstimate.of(plan, precision, (long) examples),
                precision,
                (double) BatchPlanner.now().freeBytes() / (1L << 30));
    }

    private static Precision precision(TrainingPlan plan) {
        Precision asked = plan.execution().options().precision();
        if (asked != Precision.AUTO) {
            return asked;
        }
        boolean bf16 =
                EngineLoader.engine().devices().stream().anyMatch(device -> device.available() && device.nativeBf16());
        return bf16 ? Precision.BF16 : Precision.FLOAT32;
    }

    /** When it ends early. A limit of time may mean fewer epochs than are planned by now: then their part is told. */
    private static Optional<String> patience(Settings asked, TrainingPlan plan) {
        int patience = plan.schedule().patience();
        if (patience == 0 || patience >= plan.schedule().epochs()) {
            return Optional.empty();
        }
        boolean known = asked.has(Keys.PATIENCE) || TimeBudget.minutes(asked).isEmpty();
        return Optional.of("It ends early if " + (known ? patience + " epochs" : "a third of its epochs, at least 10,")
                + " do not raise the score by " + TrainingPlan.LEAST_GAIN + "; patience=0: never.");
    }

    private static Settings completed(Settings asked, TrainingPlan plan, DataSurvey survey) {
        InputSpec input = plan.spec().input();
        boolean volumes = input.sampling().mode() == InputSpec.Mode.VOLUME;
        Settings settings = TimeBudget.minutes(asked)
                .map(minutes -> asked.with(Keys.MINUTES, minutes))
                .orElse(asked)
                .with(Keys.EPOCHS, plan.schedule().epochs())
                .with(Keys.BATCH_SIZE, plan.schedule().batchSize())
                .with(Keys.MASK_TYPE, survey.type().toString())
                .with(input.rule() == InputSpec.Rule.TILE ? Keys.TILE_SIZE : Keys.INPUT_SIZE, widthFirst(input.size()))
                .with(Keys.CHANNELS, asked.get(Keys.CHANNELS).orElseGet(() -> IntStream.rangeClosed(
                                1, survey.channels())
                        .boxed()
                        .toList()));
        if (volumes) {
            return settings;
        }
        Settings planes = settings.with(Keys.INPUT_RULE, input.rule().name().toLowerCase(Locale.ROOT))
                .with(Keys.NORMALIZATION, normalization(input));
        return input.sampling().pixelSize().isPresent()
                ? planes.with(
                        Keys.PIXEL_SIZE, input.sampling().pixelSize().get().get(0))
                : planes;
    }

    private static int[] widthFirst(List<Integer> size) {
        return AxisOrder.reversed(size.stream().mapToInt(Integer::intValue).toArray());
    }

    private static String normalization(InputSpec input) {
        return switch (input.normalization().kind()) {
            case FIXED -> "imagenet";
            case PERCENTILE -> "percentile";
            case ZSCORE -> "zscore";
            case WINDOW -> "auto"; // the window is a setting of its own
        };
    }
}
