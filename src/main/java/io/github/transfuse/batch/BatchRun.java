package io.github.transfuse.batch;

import io.github.transfuse.TransFuse;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.image.ValuePool;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Segments files into a folder. Each gives {@code <stem>-labels.tif} and {@code <stem>-labels.json}, and if asked for
 * {@code <stem>-probabilities.tif} and {@code <stem>-overlay.png}. One bad file is told and the rest goes on. Files are
 * read, prepared and written beside each other, so that the network need not wait; results are told in the order of the
 * files.
 */
public final class BatchRun {
    /** Files in work or waiting for their turn. */
    private static final int AHEAD = FilePipeline.COUNT + 1;

    private final TransFuse model;
    private final InputFiles.Found inputs;
    private final ResultTree results;
    private final boolean keep;

    /** Segments these files; results that are there already stay if {@code keep}. */
    BatchRun(TransFuse model, InputFiles.Found inputs, ResultTree results, boolean keep) {
        this.model = model;
        this.inputs = inputs;
        this.results = results;
        this.keep = keep;
    }

    /**
     * How a run went.
     *
     * @param done number of files that are segmented
     * @param kept number of files whose results were there already
     * @param failed number of files that could not be segmented
     * @param seconds from the opened network to the last result
     * @param computing part of this time in which the network computed, 0 to 1
     */
    public record Report(long done, long kept, long failed, double seconds, double computing) {}

    /**
     * Prepares a run with the settings {@code input} and {@code output} of a model; nothing is segmented yet.
     *
     * @throws SettingException if there is no input, or two inputs would have results of one name
     * @throws IOException if the one file that is named is missing or no image, or the output folder cannot be written
     */
    public static BatchRun of(TransFuse model) throws IOException {
        Settings settings = model.settings();
        for (SettingKey<?> key : List.of(Keys.SELECTION, Keys.ALL_IMAGES)) {
            if (settings.isGiven(key)) {
                throw new SettingException(
                        key.name() + " is for images that are open in ImageJ. Leave it out for files.");
            }
        }
        return of(model, settings.written(Keys.INPUT), output(settings));
    }

    private static Path output(Settings settings) {
        return settings.get(Keys.OUTPUT)
                .orElseThrow(() -> new SettingException("output is missing: give a folder for the results."));
    }

    /**
     * As {@link #of(TransFuse)}, where what the settings name is reached by other paths.
     *
     * @param input image, folder or pattern
     * @param output folder of the results
     */
    public static BatchRun of(TransFuse model, String input, Path output) throws IOException {
        Settings settings = model.settings();
        ResultTree results = new ResultTree(output);
        InputFiles.Found inputs = InputFiles.find(input, settings.get(Keys.RECURSIVE));
        return new BatchRun(model, inputs, results, settings.get(Keys.SKIP_EXISTING));
    }

    /**
     * Prepares a run of some of the files of another run, perhaps on another computer.
     *
     * @param files some of {@link #files} of the other run
     * @param keep whether results that are there already stay, if they would be made in the same way
     * @throws IOException if the output folder cannot be written
     */
    public static BatchRun of(TransFuse model, List<InputFile> files, boolean keep) throws IOException {
        return of(model, files, output(model.settings()), keep);
    }

    /** As {@link #of(TransFuse, List, boolean)}, where the output folder is reached by another path. */
    public static BatchRun of(TransFuse model, List<InputFile> files, Path output, boolean keep) throws IOException {
        return new BatchRun(model, new InputFiles.Found(files, List.of()), new ResultTree(output), keep);
    }

    /**
     * The model with one range of values for all files, if that is asked for and not given yet: they are all read for it.
     *
     * @throws CancellationException if the listener asked to stop
     */
    public TransFuse ranged(BatchListener listener) {
        if (model.givenNormalization().isPresent()) {
            return model;
        }
        ModelSettings chosen = new ModelSettings(model.model().spec(), model.settings());
        Optional<ValuePool> pool = chosen.pool();
        if (pool.isEmpty()) {
            return model;
        }
        for (InputFile file : inputs.files()) {
            listener.report(
                    0,
                    inputs.files().size(),
                    "Looking at the values of " + file.path().getFileName());
            if (listener.isCanceled()) {
                throw new CancellationException("Canceled");
            }
            try {
                pool.get()
                        .add(chosen.matched(Modalities.of(
                                ImageFiles.read(file.path()),
                                model.model().spec().imageChannels())));
            } catch (IOException e) {
                // It will fail again and be told when its turn comes; the others do not depend on it
            }
        }
        return pool.get().isEmpty() ? model : model.normalization(pool.get().fit());
    }

    /** The files with the folders of their results, in the order in which they are segmented. */
    public List<InputFile> files() {
        return inputs.files();
    }

    /** What a user should know of the files, in sentences. */
    public List<String> notes() {
        return inputs.notes();
    }

    /** The files, in the order in which they are segmented. */
    public List<Path> inputs() {
        return inputs.files().stream().map(InputFile::path).toList();
    }

    /** Whether the results of a file are there already and stay, as the settings ask for it. */
    public boolean keeps(InputFile file) {
        return keep
                && EarlierResult.of(results.path(file.folder()), file.stem(), InputHash.of(file.path()), model)
                        .labels()
                        .isPresent();
    }

    /**
     * Segments all files.
     *
     * @throws IOException if the network cannot be opened
     * @throws CancellationException if the listener asked to stop; files that are done stay
     */
    public Report run(BatchListener listener) throws IOException {
        double computedBefore = model.computingSeconds();
        long start = System.nanoTime();
        List<InputFile> files = inputs.files();
        TransFuse ranged = ranged(listener);
        Map<FilePipeline.Outcome, Long> counts = new EnumMap<>(FilePipeline.Outcome.class);
        inputs.notes().forEach(listener::note);
        try (FilePipeline pipeline = new FilePipeline(ranged, results, keep)) {
            Deque<FilePipeline.Work> waiting = new ArrayDeque<>();
            int next = 0;
            while (next < files.size() || !waiting.isEmpty()) {
                while (next < files.size() && waiting.size() < AHEAD) {
                    waiting.add(pipeline.submit(files.get(next++)));
                }
                counts.merge(waiting.remove().await(listener), 1L, Long::sum);
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        double computing = Math.min(1, (model.computingSeconds() - computedBefore) / seconds);
        return new Report(
                counts.getOrDefault(FilePipeline.Outcome.DONE, 0L),
                counts.getOrDefault(FilePipeline.Outcome.KEPT, 0L),
                counts.getOrDefault(FilePipeline.Outcome.FAILED, 0L),
                seconds,
                computing);
    }
}
