package io.github.transfuse.evaluation;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.model.JointModels;
import io.github.transfuse.samples.Folds;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.UseList;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Numbers;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.training.TrainingPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Trains with {@code folds}: a model for each, which is then tested on the images that it neither learned nor was chosen by.
 * In the output folder come to lie {@code fold-1}, {@code fold-2}, ... and {@value JointModels#FOLDS} with their scores.
 */
public final class CrossValidation {
    private static final String SPLIT = "split.csv";
    private static final String SCORES = "fold.csv";
    private static final String TEST = "test";

    private final Settings settings;
    private final TrainingPlan.Data data;
    private final List<Pair> pairs;
    private final List<UseList> folds;
    private final Optional<String> patients;

    private CrossValidation(Settings settings) throws IOException {
        this.settings = settings;
        this.data = TrainingPlanner.plan(settings.without(Keys.FOLDS)).data();
        this.pairs = Pairing.of(data.images(), data.masks());
        this.folds = Folds.of(
                settings.get(Keys.VALIDATION), pairs, settings.get(Keys.FOLDS).orElseThrow());
        this.patients = Folds.note(settings.get(Keys.VALIDATION), pairs);
    }

    /**
     * Trains one model, or with {@code folds} one for each of them. With {@code resume}, folds that are done are kept.
     *
     * @param listeners of each training, by its settings
     * @return the folder that segments: of the model, or of all folds
     * @throws IOException if images cannot be read or do not match their masks, or a model cannot be written
     * @throws CancellationException if a listener asked to stop between the first fold and the end
     */
    public static Path train(Settings settings, Function<Settings, TrainingListener> listeners) throws IOException {
        if (!settings.has(Keys.FOLDS)) {
            return TransFuse.train(settings, listeners.apply(settings)).path();
        }
        return new CrossValidation(settings).run(listeners);
    }

    /**
     * What the folds would be; nothing is computed.
     *
     * @throws IOException if images cannot be read or do not match their masks, or are too few
     */
    public static Optional<String> sentence(Settings settings) throws IOException {
        return settings.has(Keys.FOLDS) ? Optional.of(new CrossValidation(settings).sentence()) : Optional.empty();
    }

    private String sentence() {
        List<String> sizes = folds.stream()
                .map(fold -> Integer.toString(fold.of(pairs, UseList.Use.TEST).size()))
                .toList();
        String time = settings.get(Keys.MINUTES)
                .map(minutes -> " Each gets " + Numbers.text(minutes / folds.size()) + " of the minutes.")
                .orElse("");
        return folds.size() + " models are trained; their tests have " + String.join(", ", sizes)
                + " images, which the others learn from." + time
                + patients.map(note -> " " + note).orElse("");
    }

    private Path run(Function<Settings, TrainingListener> listeners) throws IOException {
        Path output = settings.folder(Keys.OUTPUT);
        Path table = output.resolve(JointModels.FOLDS);
        TrainingListener teller = listeners.apply(settings);
        teller.note(sentence());
        requireSameFolds(output);
        FolderTree.deleteOne(table);
        List<FoldScores.Row> rows = new ArrayList<>();
        for (int number = 1; number <= folds.size(); number++) {
            rows.addAll(fold(number, listeners).rows());
        }
        FoldScores all = new FoldScores(rows);
        WholeFile.write(table, all.summary());
        all.lines().forEach(teller::note);
        teller.note("Segment with all folds: model=" + output
                + " takes the mean of their probabilities. The scores are in " + table + ".");
        return output;
    }

    /** Folds of other images would test what was learned; without resume nothing earlier counts. */
    private void requireSameFolds(Path output) throws IOException {
        for (int number = 1; number <= folds.size(); number++) {
            Path folder = JointModels.fold(output, number);
            Path split = folder.resolve(SPLIT);
            if (!settings.get(Keys.RESUME)) {
                FolderTree.deleteOne(folder.resolve(SCORES));
                FolderTree.delete(folder.resolve(TEST));
            } else if (Files.exists(split) && !UseList.read(split).equals(folds.get(number - 1))) {
                throw new IOException("The images, their groups or the number of folds have changed since " + folder
                        + " was trained. Start again without resume, or in another output folder.");
            }
        }
        if (Files.exists(JointModels.fold(output, folds.size() + 1))) {
            throw new IOException(output + " holds more folds than " + folds.size()
                    + ", of an earlier training. Choose another output folder.");
        }
    }

    private FoldScores fold(int number, Function<Settings, TrainingListener> listeners) throws IOException {
        Path folder = Files.createDirectories(JointModels.fold(settings.folder(Keys.OUTPUT), number));
        Path scores = folder.resolve(SCORES);
        Settings own = own(folder);
        TrainingListener listener = listeners.apply(own);
        if (Files.exists(scores)) {
            listener.note("Fold " + number + " is done.");
            return FoldScores.read(scores);
        }
        listener.note("Fold " + number + " of " + folds.size() + ".");
        WholeFile.write(folder.resolve(SPLIT), folds.get(number - 1).text());
        boolean trained = settings.get(Keys.RESUME) && Files.isDirectory(folder.resolve(TEST));
        if (!trained) {
            TransFuse.train(own, listener);
        }
        if (!trained && listener.request() == TrainingListener.Request.STOP) {
            throw new CancellationException(
                    "Stopped in fold " + number + " of " + folds.size() + ". Go on with resume.");
        }
        // a fold with this folder is trained
        Files.createDirectories(folder.resolve(TEST));
        WholeFile.write(scores, FoldScores.of(number, test(number, folder)).text());
        // as a resumed run finds them, so that its means are the same to the last digit
        FoldScores found = FoldScores.read(scores);
        found.rows()
                .forEach(row -> listener.note("Fold " + number + ", test: " + row.className() + " Dice "
                        + Numbers.text(Math.round(row.values().get(0) * 1e4) / 1e4) + " on " + row.images()
                        + " images."));
        return found;
    }

    /** The settings of one fold. */
    private Settings own(Path folder) throws IOException {
        Settings own = settings.without(Keys.FOLDS)
                .with(Keys.OUTPUT, folder)
                .with(Keys.IMAGES, data.images().toString())
                .with(Keys.MASKS, data.masks().toString())
                .with(Keys.MASK_TYPE, data.meaning().type())
                .with(Keys.VALIDATION, folder.resolve(SPLIT).toString())
                .with(Keys.RESUME, settings.get(Keys.RESUME) && CheckpointFiles.areIn(folder));
        return settings.get(Keys.MINUTES)
                .map(minutes -> own.with(Keys.MINUTES, minutes / folds.size()))
                .orElse(own);
    }

    private EvaluationReport test(int number, Path folder) throws IOException {
        Path output = folder.resolve(TEST);
        Settings asked = Settings.of(Task.EVALUATE)
                .with(Keys.MODEL, folder.toString())
                .with(Keys.IMAGES, data.images().toString())
                .with(Keys.MASKS, data.masks().toString())
                .with(Keys.MASK_TYPE, data.meaning().type())
                .with(Keys.OUTPUT, output)
                .with(Keys.DEVICE, settings.get(Keys.DEVICE));
        Settings channels = data.channels().isEmpty() ? asked : asked.with(Keys.CHANNELS, data.channels());
        Settings evaluating = data.meaning()
                .ignoreLabel()
                .map(label -> channels.with(Keys.IGNORE_LABEL, label))
                .orElse(channels);
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(evaluating))) {
            EvaluationReport report = Evaluation.of(
                            model, evaluating, folds.get(number - 1).of(pairs, UseList.Use.TEST))
                    .run(EvaluationListener.NONE);
            if (!report.failures().isEmpty()) {
                EvaluationReport.Failure failure = report.failures().get(0);
                throw new IOException(
                        "Fold " + number + " cannot be tested: " + failure.image() + ": " + failure.reason());
            }
            return report;
        }
    }
}
