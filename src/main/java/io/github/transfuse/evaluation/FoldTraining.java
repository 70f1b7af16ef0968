package io.github.transfuse.evaluation;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.UseList;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Numbers;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The training of one fold of a {@link CrossValidation}, and its test. It travels between computers that see the same disk.
 *
 * @param number from 1
 * @param count of all folds
 * @param settings of the training, in the syntax of macros; the output folder is that of the fold
 * @param split what each image is used for, as a file has it
 * @param earlier when a checkpoint was written that lay in the folder before, in milliseconds; -1 if there was none
 */
public record FoldTraining(int number, int count, String settings, String split, long earlier) implements Serializable {
    static final String SPLIT = "split.csv";
    static final String SCORES = "fold.csv";
    static final String TEST = "test";

    /**
     * A fold whose folder is as it is before the run.
     *
     * @param own settings of the training
     */
    static FoldTraining of(int number, int count, Settings own, UseList uses) throws IOException {
        return new FoldTraining(number, count, own.toString(), uses.text(), checkpoint(own.folder(Keys.OUTPUT)));
    }

    private static long checkpoint(Path folder) throws IOException {
        try {
            return Files.getLastModifiedTime(folder.resolve(CheckpointFiles.LAST))
                    .toMillis();
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    private Settings asked() {
        return Settings.parse(Task.TRAIN, settings);
    }

    /** Where the model of the fold comes to lie. */
    public Path folder() {
        return asked().folder(Keys.OUTPUT);
    }

    /** The folder of its images. */
    public Path images() {
        return asked().folder(Keys.IMAGES);
    }

    /**
     * Trains and tests, unless that is done; at the end there is {@value #SCORES} in the folder.
     *
     * @param listeners of the training, by its settings
     * @param again whether an attempt of this run was lost before: it is gone on with
     * @throws IOException if images cannot be read, or something cannot be written
     * @throws CancellationException if the listener asked to stop
     */
    public void run(Function<Settings, TrainingListener> listeners, boolean again) throws IOException {
        Path folder = Files.createDirectories(folder());
        Path scores = folder.resolve(SCORES);
        boolean goesOn = asked().get(Keys.RESUME) || (again && checkpoint(folder) != earlier);
        Settings own = asked().with(Keys.RESUME, goesOn && CheckpointFiles.areIn(folder));
        TrainingListener listener = listeners.apply(own);
        if (Files.exists(scores)) {
            listener.note("Fold " + number + " is done.");
            return;
        }
        listener.note("Fold " + number + " of " + count + ".");
        WholeFile.write(folder.resolve(SPLIT), split);
        boolean trained = (asked().get(Keys.RESUME) || again) && Files.isDirectory(folder.resolve(TEST));
        if (!trained && isStopped(TransFuse.train(own, listener), listener)) {
            throw new CancellationException("Stopped in fold " + number + " of " + count + ". Go on with resume.");
        }
        // a fold with this folder is trained
        Files.createDirectories(folder.resolve(TEST));
        WholeFile.write(scores, FoldScores.of(number, test(own)).text());
        // as a resumed run finds them, so that its means are the same to the last digit
        scores().rows()
                .forEach(row -> listener.note("Fold " + number + ", test: " + row.className() + " Dice "
                        + Numbers.text(Math.round(row.values().get(0) * 1e4) / 1e4) + " on " + row.images()
                        + " images."));
    }

    /** Not only by the listener: a process that is told to end stops its training too, and goes on for a moment. */
    private static boolean isStopped(ModelFolder model, TrainingListener listener) {
        return listener.request() == TrainingListener.Request.STOP
                || !model.spec().history().isTrainedToItsEnd();
    }

    /** Those of a fold that is done. */
    FoldScores scores() throws IOException {
        return FoldScores.read(folder().resolve(SCORES));
    }

    private EvaluationReport test(Settings own) throws IOException {
        Path output = folder().resolve(TEST);
        Settings asked = Settings.of(Task.EVALUATE)
                .with(Keys.MODEL, folder().toString())
                .with(Keys.IMAGES, own.written(Keys.IMAGES))
                .with(Keys.MASKS, own.written(Keys.MASKS))
                .with(Keys.MASK_TYPE, own.written(Keys.MASK_TYPE))
                .with(Keys.OUTPUT, output)
                .with(Keys.DEVICE, own.get(Keys.DEVICE));
        Settings channels = own.get(Keys.CHANNELS)
                .map(numbers -> asked.with(Keys.CHANNELS, numbers))
                .orElse(asked);
        Settings evaluating = own.get(Keys.IGNORE_LABEL)
                .map(label -> channels.with(Keys.IGNORE_LABEL, label))
                .orElse(channels);
        List<Pair> pairs = Pairing.of(own.folder(Keys.IMAGES), own.folder(Keys.MASKS));
        List<Pair> tested = UseList.read(folder().resolve(SPLIT)).of(pairs, UseList.Use.TEST);
        try (TransFuse model = TransFuse.load(Evaluation.segmenting(evaluating))) {
            EvaluationReport report = Evaluation.of(model, evaluating, tested).run(EvaluationListener.NONE);
            if (!report.failures().isEmpty()) {
                EvaluationReport.Failure failure = report.failures().get(0);
                throw new IOException(
                        "Fold " + number + " cannot be tested: " + failure.image() + ": " + failure.reason());
            }
            return report;
        }
    }
}
