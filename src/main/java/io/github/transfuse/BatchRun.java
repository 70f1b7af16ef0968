package io.github.transfuse;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Segments files into a folder. Each gives {@code <stem>-labels.tif} and {@code <stem>-labels.json}, and if asked for
 * {@code <stem>-probabilities.tif} and {@code <stem>-overlay.png}. One bad file is told and the rest goes on; while a
 * file is segmented the next is read.
 */
public final class BatchRun {
    private final TransFuse model;
    private final List<Path> inputs;
    private final ResultWriter writer;

    private BatchRun(TransFuse model, List<Path> inputs, ResultWriter writer) {
        this.model = model;
        this.inputs = inputs;
        this.writer = writer;
    }

    /**
     * How a run went.
     *
     * @param done files that are segmented
     * @param failed files that are not
     */
    public record Report(List<Path> done, List<Path> failed) {}

    /**
     * Prepares a run with the settings {@code input} and {@code output} of a model; nothing is segmented yet.
     *
     * @throws SettingException if there is no input, or two inputs would have results of one name
     * @throws IOException if the output folder cannot be written
     */
    public static BatchRun of(TransFuse model) throws IOException {
        Settings settings = model.settings();
        Path output = settings.text("output")
                .map(Path::of)
                .orElseThrow(() -> new SettingException("output is missing: give a folder for the results."));
        List<Path> inputs = InputFiles.find(settings.get("input"));
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
        List<Path> done = new ArrayList<>();
        List<Path> failed = new ArrayList<>();
        ExecutorService reader = Executors.newSingleThreadExecutor(BatchRun::readerThread);
        try {
            Future<CalibratedImage> next = reader.submit(() -> ImageFiles.read(inputs.get(0)));
            for (int i = 0; i < inputs.size(); i++) {
                Future<CalibratedImage> current = next;
                int following = i + 1;
                if (following < inputs.size()) {
                    next = reader.submit(() -> ImageFiles.read(inputs.get(following)));
                }
                if (listener.isCanceled()) {
                    throw new CancellationException("Canceled");
                }
                boolean good = segment(inputs.get(i), current, listener);
                (good ? done : failed).add(inputs.get(i));
            }
        } finally {
            reader.shutdownNow();
        }
        return new Report(List.copyOf(done), List.copyOf(failed));
    }

    private static Thread readerThread(Runnable work) {
        Thread thread = new Thread(work, "transfuse-reader");
        thread.setDaemon(true);
        return thread;
    }

    private boolean segment(Path input, Future<CalibratedImage> read, BatchListener listener) {
        try {
            CalibratedImage image = await(read);
            Segmentation result = model.progress(listener).segment(image);
            listener.done(input, result, writer.write(input.toString(), image, result));
            return true;
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            listener.failed(input, e);
            return false;
        }
    }

    private static CalibratedImage await(Future<CalibratedImage> read) throws IOException {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof OutOfMemoryError memory) {
                throw memory;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
