package io.github.transfuse.evaluation;

import io.github.transfuse.TransFuse;
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
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Trains with {@code folds}: a model for each, which is then tested on the images that it neither learned nor was chosen by.
 * In the output folder come to lie {@code fold-1}, {@code fold-2}, ... and {@value JointModels#FOLDS} with their scores.
 */
public final class CrossValidation {
    private final Settings settings;
    private final TrainingPlan.Data data;
    private final List<Pair> pairs;
    private final List<UseList> folds;
    private final Optional<String> patients;

    private CrossValidation(Settings settings) throws IOException {
        this.settings = settings;
        this.data = TrainingPlanner.plan(settings.without(Keys.FOLDS)).data();
        this.pairs = Pairing.of(data.images(), data.masks());
        Folds found = Folds.of(
                settings.get(Keys.VALIDATION), pairs, settings.get(Keys.FOLDS).orElseThrow());
        this.folds = found.uses();
        this.patients = found.note();
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

    /**
     * The same by others, with {@code folds}: the files are those of this computer alone.
     *
     * @param teller told notes
     * @param workers train the folds
     * @throws SettingException if folds are missing
     * @throws IOException if a fold failed, and as above; folds that are done stay
     */
    public static Path train(Settings settings, TrainingListener teller, FoldWorkers workers) throws IOException {
        if (!settings.has(Keys.FOLDS)) {
            throw new SettingException("folds is missing: each computer trains one. A single model is trained by one"
                    + " computer, with transfuse train.");
        }
        return new CrossValidation(settings).run(teller, folds -> failing(workers.train(folds, teller), folds, teller));
    }

    private static void failing(Map<Integer, String> failures, List<FoldTraining> folds, TrainingListener teller)
            throws IOException {
        Map<Integer, String> inOrder = new TreeMap<>(failures);
        inOrder.forEach((number, why) -> teller.note("Fold " + number + " failed: " + why));
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " of " + folds.size() + " folds failed: "
                    + String.join(
                            ", ", inOrder.keySet().stream().map(String::valueOf).toList())
                    + ". What the others have done stays; go on with resume.");
        }
    }

    private Path run(Function<Settings, TrainingListener> listeners) throws IOException {
        return run(listeners.apply(settings), folds -> {
            for (FoldTraining fold : folds) {
                fold.run(listeners, false);
            }
        });
    }

    /** Trains folds. */
    @FunctionalInterface
    private interface Trainings {
        void train(List<FoldTraining> folds) throws IOException;
    }

    private Path run(TrainingListener teller, Trainings trainings) throws IOException {
        Path output = settings.folder(Keys.OUTPUT);
        Path table = output.resolve(JointModels.FOLDS);
        teller.note(sentence());
        requireSameFolds(output);
        FolderTree.deleteOne(table);
        List<FoldTraining> each = new ArrayList<>();
        for (int number = 1; number <= folds.size(); number++) {
            each.add(FoldTraining.of(number, folds.size(), own(number), folds.get(number - 1)));
        }
        trainings.train(each);
        List<FoldScores.Row> rows = new ArrayList<>();
        for (FoldTraining fold : each) {
            rows.addAll(fold.scores().rows());
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
            Path split = folder.resolve(FoldTraining.SPLIT);
            if (!settings.get(Keys.RESUME)) {
                FolderTree.deleteOne(folder.resolve(FoldTraining.SCORES));
                FolderTree.delete(folder.resolve(FoldTraining.TEST));
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

    /** The settings of one fold. */
    private Settings own(int number) {
        Path folder = JointModels.fold(settings.folder(Keys.OUTPUT), number);
        Settings own = settings.without(Keys.FOLDS)
                .with(Keys.OUTPUT, folder)
                .with(Keys.IMAGES, data.images().toString())
                .with(Keys.MASKS, data.masks().toString())
                .with(Keys.MASK_TYPE, data.meaning().type())
                .with(Keys.VALIDATION, folder.resolve(FoldTraining.SPLIT).toString());
        return settings.get(Keys.MINUTES)
                .map(minutes -> own.with(Keys.MINUTES, minutes / folds.size()))
                .orElse(own);
    }
}
