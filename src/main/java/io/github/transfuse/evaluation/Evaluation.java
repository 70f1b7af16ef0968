package io.github.transfuse.evaluation;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.Bf16Record;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.DrawnMasks;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.TruthReader;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Segments a folder of images and scores the results by a folder of masks. One bad pair is told and the rest goes on.
 *
 * <p>With {@code precision=auto} given in so many words, on a processor that computes bf16 in hardware, each image is
 * segmented in float32 (which is scored) and in bf16, and their agreement is recorded in the model folder: from then on
 * {@code auto} can choose bf16 for this model. A model without that request is never changed.
 *
 * <pre>{@code
 * Settings settings = Settings.evaluating().with("images", "test").with("masks", "truth").with("output", "results");
 * try (TransFuse model = TransFuse.load(Evaluation.segmenting(settings))) {
 *     EvaluationReport report = Evaluation.of(model, settings).run(EvaluationListener.NONE);
 * }
 * }</pre>
 */
public final class Evaluation {
    private final TransFuse model;
    private final Settings settings;
    private final List<Pair> pairs;
    private final Predicate<Device> nativeBf16;

    private Evaluation(TransFuse model, Settings settings, List<Pair> pairs, Predicate<Device> nativeBf16) {
        this.model = model;
        this.settings = settings;
        this.pairs = pairs;
        this.nativeBf16 = nativeBf16;
    }

    /** The settings for segmenting that an evaluation's settings contain. */
    public static Settings segmenting(Settings evaluating) {
        return Settings.segmenting(evaluating, Keys.OUTPUT);
    }

    /**
     * Prepares an evaluation; nothing is segmented yet.
     *
     * @param model segments with {@link #segmenting} of the settings
     * @throws SettingException if images, masks or output are missing
     * @throws io.github.transfuse.samples.SamplesException listing images and masks that do not belong together
     * @throws IOException if a folder cannot be listed, or nothing can be written into the output folder
     */
    public static Evaluation of(TransFuse model, Settings settings) throws IOException {
        return of(model, settings, Evaluation::computesBf16);
    }

    /** Of some of the images only. */
    static Evaluation of(TransFuse model, Settings settings, List<Pair> pairs) {
        return new Evaluation(model.settings(segmenting(settings)), settings, pairs, Evaluation::computesBf16);
    }

    static Evaluation of(TransFuse model, Settings settings, Predicate<Device> nativeBf16) throws IOException {
        settings.require(Task.EVALUATE);
        Path output = settings.folder(Keys.OUTPUT);
        List<Pair> pairs = pairs(model, settings);
        NamedSegments.require(pairs, model.model().spec().output());
        ResultFiles.requireWritable(output);
        return new Evaluation(model.settings(segmenting(settings)), settings, pairs, nativeBf16);
    }

    /** Files of shapes are drawn first. */
    private static List<Pair> pairs(TransFuse model, Settings settings) throws IOException {
        Path images = settings.folder(Keys.IMAGES);
        List<Pair> shapes = Pairing.ofShapes(images, settings.folder(Keys.MASKS));
        if (shapes.isEmpty()) {
            return Pairing.of(images, settings.folder(Keys.MASKS));
        }
        OutputSpec output = model.model().spec().output();
        RoiMeaning ofModel = output.kind() == OutputSpec.Kind.CLASSES ? RoiMeaning.CLASSES : RoiMeaning.OBJECTS;
        RoiMeaning meaning = RoiMeaning.of(settings.written(Keys.MASK_TYPE)).orElse(ofModel);
        List<String> classes =
                output.classes().stream().map(OutputSpec.ClassSpec::name).toList();
        ResultFiles.requireWritable(settings.folder(Keys.OUTPUT));
        Path masks = settings.folder(Keys.OUTPUT).resolve("masks-from-rois");
        DrawnMasks.draw(shapes, new DrawnMasks.Rule(meaning, settings.get(Keys.IGNORE_LABEL), classes), masks);
        return Pairing.of(images, masks);
    }

    private static boolean computesBf16(Device device) {
        return TransFuse.devices().stream()
                .filter(info -> info.device().equals(device))
                .anyMatch(DeviceInfo::nativeBf16);
    }

    /** The images, in the order in which they are evaluated. */
    public List<Path> images() {
        return pairs.stream().map(Pair::image).toList();
    }

    /**
     * Evaluates all images and writes {@value EvaluationReport#CSV}.
     *
     * @throws IOException if the network cannot be opened, or the output folder cannot be written
     * @throws CancellationException if the listener asked to stop; nothing is written then
     */
    public EvaluationReport run(EvaluationListener listener) throws IOException {
        EvaluationReport report = evaluate(listener);
        report.writeCsv(settings.folder(Keys.OUTPUT).resolve(EvaluationReport.CSV));
        return report;
    }

    /**
     * As {@link #run(EvaluationListener)}, and writes a page as {@value EvaluationReport#HTML}: both files or none.
     *
     * @param page makes the text of the page
     */
    public EvaluationReport run(EvaluationListener listener, Function<EvaluationReport, String> page)
            throws IOException {
        EvaluationReport report = evaluate(listener);
        Path output = settings.folder(Keys.OUTPUT);
        String text;
        try {
            text = page.apply(report);
        } catch (LinkageError | InternalError e) {
            // A server without fonts: the figures shall not be lost for the want of pictures
            report.writeCsv(output.resolve(EvaluationReport.CSV));
            throw e;
        }
        report.write(output, text);
        return report;
    }

    private EvaluationReport evaluate(EvaluationListener listener) throws IOException {
        Files.createDirectories(settings.folder(Keys.OUTPUT));
        TruthReader truth = truth();
        Collected collected = new Collected(listener);
        collected.note(truth.note());
        NamedSegments.note(pairs, model.model().spec().output()).ifPresent(collected::note);
        if (model.members().size() > 1) {
            collected.note("Scored is the mean of the probabilities of "
                    + model.members().size() + " models.");
        }
        boolean tiles = model.model().spec().input().rule() == InputSpec.Rule.TILE;
        TransFuse scored =
                model.settings(model.settings().with(Keys.PROBABILITIES, tiles)).progress(listener);
        Optional<Bf16Check> check = Bf16Check.of(scored, settings, nativeBf16, collected::note);
        try {
            Segmenting segmenting = new Segmenting(
                    check.map(Bf16Check::exact).orElse(scored), truth, check, settings.get(Keys.TOLERANCE));
            collected.note(ground(segmenting.network().open()));
            for (Pair pair : pairs) {
                if (listener.isCanceled()) {
                    throw new CancellationException("Canceled");
                }
                evaluate(pair, segmenting, collected);
            }
            return collected.report(check);
        } finally {
            check.ifPresent(Bf16Check::close);
        }
    }

    /** On what the scores were computed, and what is known of this model in bf16. */
    private String ground(NetworkInfo network) {
        String bf16 = Bf16Record.of(model.model().spec().history().checks())
                .map(record -> "Of bf16 this model records: " + record.told() + ".")
                .orElse("This model records no check of bf16; evaluate with precision=auto to make one.");
        return "Computed on " + network.device() + " in " + network.precision() + ". " + bf16;
    }

    private TruthReader truth() throws IOException {
        Optional<Integer> ignored = settings.get(Keys.IGNORE_LABEL);
        ExampleSet.Reading reading =
                new ExampleSet.Reading(MaskType.of(settings.written(Keys.MASK_TYPE)), ignored, List.of());
        return TruthReader.of(pairs, reading, model.model().spec());
    }

    /** @param tolerance of NSD, if it was given */
    private record Segmenting(
            TransFuse network, TruthReader truth, Optional<Bf16Check> check, Optional<Double> tolerance) {}

    private static void evaluate(Pair pair, Segmenting segmenting, Collected collected) {
        try {
            CalibratedImage image = Modalities.of(
                    ImageFiles.read(pair.image()),
                    segmenting.network.model().spec().imageChannels());
            Orientation turn = Orientation.of(
                    image, segmenting.network.model().spec().input().sampling().orientation());
            CalibratedImage seen = turn.apply(image);
            seen.notes().forEach(collected::noteOnce);
            turn.notes().forEach(collected::noteOnce);
            CaseScorer scorer = CaseScorer.of(segmenting.network, pair, seen, segmenting.tolerance);
            List<TruthReader.Plane> truth = segmenting.truth.read(pair, image, turn, collected::noteOnce);
            scorer.requireFitting(truth);
            Segmentation result = segmenting.network.segment(seen);
            List<CaseScorer.Scored> scored = scorer.score(result, truth);
            if (segmenting.check.isPresent()) {
                segmenting.check.get().compare(seen, result, worth(scored), other -> worth(scorer.score(other, truth)));
            }
            collected.add(pair, scored);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            collected.failed(pair, e);
        }
    }

    /** The score that the task is judged by: of objects their F1, of areas their Dice; the mean over classes and planes. */
    private static double worth(List<CaseScorer.Scored> planes) {
        List<CaseScore> scores =
                planes.stream().flatMap(plane -> plane.scores().stream()).toList();
        Measure measure =
                scores.stream().anyMatch(score -> score.objects().isPresent()) ? Measure.OBJECT_F1 : Measure.DICE;
        return scores.stream()
                .mapToDouble(measure::of)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** What is known so far. */
    private final class Collected {
        private final EvaluationListener listener;
        private final List<CaseScore> scores = new ArrayList<>();
        private final List<EvaluationReport.Failure> failures = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final CasePictures pictures = new CasePictures();

        Collected(EvaluationListener listener) {
            this.listener = listener;
        }

        void note(String sentence) {
            notes.add(sentence);
            listener.note(sentence);
        }

        void noteOnce(String sentence) {
            if (!notes.contains(sentence)) {
                note(sentence);
            }
        }

        void add(Pair pair, List<CaseScorer.Scored> planes) {
            List<CaseScore> rows =
                    planes.stream().flatMap(plane -> plane.scores().stream()).toList();
            scores.addAll(rows);
            planes.forEach(pictures::add);
            listener.scored(pair.image(), rows);
        }

        void failed(Pair pair, Throwable cause) {
            String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            failures.add(new EvaluationReport.Failure(pair.image(), reason));
            listener.failed(pair.image(), cause);
        }

        EvaluationReport report(Optional<Bf16Check> check) throws IOException {
            List<ModelFolder> evaluated =
                    check.isPresent() ? List.of(check.get().record()) : model.members();
            return new EvaluationReport(evaluated, settings, scores, pictures.chosen(), failures, notes);
        }
    }
}
