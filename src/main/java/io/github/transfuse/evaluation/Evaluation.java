package io.github.transfuse.evaluation;

import com.google.gson.JsonObject;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.model.PrecisionRecord;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Segments a folder of images and scores the results by a folder of masks. One bad pair is told and the rest goes on.
 *
 * <p>With {@code precision=auto} given in so many words, each image is segmented in float32 (which is scored), in int8, and
 * on a processor that is fast in bf16 in that too. Their agreement and scores are recorded in the model folder: from then
 * on {@code auto} can choose these formats for this model. A model without that request is never changed.
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
    private final Formats formats;

    private Evaluation(TransFuse model, Settings settings, List<Pair> pairs, Formats formats) {
        this.model = model;
        this.settings = settings;
        this.pairs = pairs;
        this.formats = formats;
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
        return of(model, settings, Formats.HERE);
    }

    /** Of some of the images only. */
    static Evaluation of(TransFuse model, Settings settings, List<Pair> pairs) {
        return new Evaluation(model.settings(segmenting(settings)), settings, pairs, Formats.HERE);
    }

    static Evaluation of(TransFuse model, Settings settings, Formats formats) throws IOException {
        settings.require(Task.EVALUATE);
        Path output = settings.folder(Keys.OUTPUT);
        List<Pair> pairs = pairs(model, settings);
        TruthReader.requireNames(pairs, reading(settings), model.model().spec());
        ResultFiles.requireWritable(output);
        return new Evaluation(model.settings(segmenting(settings)), settings, pairs, formats);
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
        return write(evaluate(listener), page);
    }

    /**
     * The same by others: the files are those of this computer alone. Short formats are not checked.
     *
     * @param page makes the text of the page
     * @param workers score the pairs
     */
    public EvaluationReport run(
            EvaluationListener listener, Function<EvaluationReport, String> page, PairWorkers workers)
            throws IOException {
        return write(evaluate(listener, workers), page);
    }

    private EvaluationReport write(EvaluationReport report, Function<EvaluationReport, String> page)
            throws IOException {
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
        CollectedCases collected = new CollectedCases(pairs, listener);
        PairScorer scorer = begin(collected);
        TransFuse scored = scored().progress(listener);
        Optional<PrecisionCheck> check =
                PrecisionCheck.of(scored, settings, formats, use -> forCalibration(use, listener), collected::note);
        try {
            TransFuse network = check.map(PrecisionCheck::exact).orElse(scored);
            EvaluationPart opened = new EvaluationPart();
            opened.computedOn(network.open());
            collected.add(opened);
            collected.note(ground(collected.grounds()));
            for (int number = 0; number < pairs.size(); number++) {
                if (listener.isCanceled()) {
                    throw new CancellationException("Canceled");
                }
                EvaluationPart part = new EvaluationPart();
                collected.add(part, scorer.score(network, check, number, pairs.get(number), part));
            }
            List<ModelFolder> evaluated =
                    check.isPresent() ? List.of(check.get().record(collected::conclude)) : model.members();
            return collected.report(evaluated, settings);
        } finally {
            check.ifPresent(PrecisionCheck::close);
        }
    }

    /** In even steps; an image that cannot be segmented is told when its turn to be scored comes. */
    private void forCalibration(Calibration.Use use, EvaluationListener listener) {
        int count = Math.min(Calibration.MAX_IMAGES, pairs.size());
        for (int i = 0; i < count; i++) {
            Pair pair = pairs.get(Math.toIntExact((long) i * pairs.size() / count));
            if (listener.isCanceled()) {
                throw new CancellationException("Canceled");
            }
            try {
                use.of(PairScorer.seen(pair, model.model().spec()));
            } catch (CancellationException e) {
                throw e;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // The calibration goes on with the others
            }
        }
    }

    private EvaluationReport evaluate(EvaluationListener listener, PairWorkers workers) throws IOException {
        CollectedCases collected = new CollectedCases(pairs, listener);
        PairScorer scorer = begin(collected);
        if (PrecisionCheck.isAsked(settings)) {
            collected.note("No check of bf16 and int8: it is made by one computer alone. Evaluate there to make it.");
        }
        workers.score(new PairWorkers.Work(scored(), scorer, pairs), collected::add);
        collected.requireAll();
        collected.note(ground(collected.grounds()));
        return collected.report(model.members(), settings);
    }

    /** Reads what the masks mean, and notes what is known before the first image. */
    private PairScorer begin(CollectedCases collected) throws IOException {
        Files.createDirectories(settings.folder(Keys.OUTPUT));
        TruthReader truth = truth();
        collected.note(truth.note());
        if (model.members().size() > 1) {
            collected.note("Scored is the mean of the probabilities of "
                    + model.members().size() + " models.");
        }
        return new PairScorer(truth, settings.get(Keys.TOLERANCE));
    }

    private TransFuse scored() {
        boolean tiles = model.model().spec().input().rule() == InputSpec.Rule.TILE;
        return model.settings(model.settings().with(Keys.PROBABILITIES, tiles));
    }

    /** On what the scores were computed, and what is known of this model in short formats. */
    private String ground(List<String> grounds) {
        JsonObject checks = model.model().spec().history().checks();
        List<String> known = Stream.of(PrecisionRecord.BF16, PrecisionRecord.INT8)
                .flatMap(format -> PrecisionRecord.of(format, checks).stream())
                .map(record -> "Of " + record.format() + " this model records: " + record.told() + ".")
                .toList();
        String recorded = known.isEmpty()
                ? "This model records no check of bf16 or int8; evaluate with precision=auto to make one."
                : String.join(" ", known);
        // no computer may have been able to open the network
        return (grounds.isEmpty() ? "" : "Computed on " + String.join(" and on ", grounds) + ". ") + recorded;
    }

    private TruthReader truth() throws IOException {
        return TruthReader.of(pairs, reading(settings), model.model().spec());
    }

    private static ExampleSet.Reading reading(Settings settings) {
        return new ExampleSet.Reading(
                MaskType.of(settings.written(Keys.MASK_TYPE)), settings.get(Keys.IGNORE_LABEL), List.of());
    }
}
