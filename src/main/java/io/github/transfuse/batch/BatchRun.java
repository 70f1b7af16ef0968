package io.github.transfuse.batch;

import io.github.transfuse.TransFuse;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    private final List<Path> inputs;
    private final ResultWriter writer;

    /** Segments these files. */
    BatchRun(TransFuse model, List<Path> inputs, ResultWriter writer) {
        this.model = model;
        this.inputs = inputs;
        this.writer = writer;
    }

    /**
     * How a run went.
     *
     * @param done files that are segmented
     * @param failed files that are not
     * @param seconds from the opened network to the last result
     * @param computing part of this time in which the network computed, 0 to 1
     */
    public record Report(List<Path> done, List<Path> failed, double seconds, double computing) {}

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
        Path output = settings.get(Keys.OUTPUT)
                .orElseThrow(() -> new SettingException("output is missing: give a folder for the results."));
        List<Path> inputs = InputFiles.find(settings.written(Keys.INPUT));
        return new BatchRun(model, inputs, new ResultWriter(output));
    }

    /** The files, in the order in which they are segmented. */
    public List<Path> inputs() {
        return inputs;
    }

    /**
     * Segments all files.
     *
     * @throws IOException if the network cannot be opened
     * @throws CancellationException if the listener asked to stop; files that are done stay
     */
    public Report run(BatchListener listener) throws IOException {
        model.open();
        double computedBefore = model.computingSeconds();
        long start = System.nanoTime();
        List<Path> done = new ArrayList<>();
        List<Path> failed = new ArrayList<>();
        try (FilePipeline pipeline = new FilePipeline(model, writer)) {
            Deque<FilePipeline.Work> waiting = new ArrayDeque<>();
            int next = 0;
            while (next < inputs.size() || !waiting.isEmpty()) {
                while (next < inputs.size() && waiting.size() < AHEAD) {
                    waiting.add(pipeline.submit(inputs.get(next++)));
                }
                FilePipeline.Work work = waiting.remove();
                (work.await(listener) ? done : failed).add(work.input());
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        double computing = Math.min(1, (model.computingSeconds() - computedBefore) / seconds);
        return new Report(List.copyOf(done), List.copyOf(failed), seconds, computing);
    }
}
