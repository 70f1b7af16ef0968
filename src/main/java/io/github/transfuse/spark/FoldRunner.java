package io.github.transfuse.spark;

import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.FoldTraining;
import io.github.transfuse.view.TrainingPictures;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Trains a fold, on an executor. What an earlier attempt of the task has written is gone on with. */
final class FoldRunner implements Function2<TaskContext, Iterator<FoldTraining>, FoldReport>, Serializable {
    private static final long serialVersionUID = 1;

    private final String version;
    private final String mark;

    /**
     * For the folds of a run.
     *
     * @param version of the program that the driver runs
     * @param mark a file in the output folder, by which an executor knows that it sees the same folder
     */
    FoldRunner(String version, String mark) {
        this.version = version;
        this.mark = mark;
    }

    @Override
    public FoldReport apply(TaskContext context, Iterator<FoldTraining> folds) {
        try {
            return run(folds.next(), context.cpus(), context.attemptNumber(), context::isInterrupted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trains a fold, when no other training of this process is at work: random numbers and threads are those of a process.
     *
     * @param threads that the network computes with
     * @param attempt 0 for the first
     * @param canceled whether the fold is no longer wanted
     * @return how it went; a failure is no reason to try again
     * @throws TaskRefusedException if this computer can do nothing
     * @throws CancellationException if it is no longer wanted; its checkpoint stays
     */
    FoldReport run(FoldTraining fold, int threads, int attempt, BooleanSupplier canceled) throws IOException {
        ExecutorModel.requireVersion(version);
        JobPlan.requireFolder(mark, fold.folder().getParent().toString());
        if (!Files.isReadable(fold.images())) {
            throw new TaskRefusedException(
                    fold.images() + " cannot be read. Put images and masks on a disk that all computers share.");
        }
        synchronized (FoldRunner.class) {
            String before = System.getProperty(NetworkOptions.THREADS);
            System.setProperty(NetworkOptions.THREADS, Integer.toString(threads));
            try {
                return train(fold, attempt > 0, canceled);
            } finally {
                restore(before);
            }
        }
    }

    private static void restore(String threads) {
        if (threads == null) {
            System.clearProperty(NetworkOptions.THREADS);
        } else {
            System.setProperty(NetworkOptions.THREADS, threads);
        }
    }

    private static FoldReport train(FoldTraining fold, boolean again, BooleanSupplier canceled) {
        List<String> notes = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }

            @Override
            public Request request() {
                return canceled.getAsBoolean() ? Request.STOP : Request.CONTINUE;
            }
        };
        try {
            fold.run(own -> TrainingPictures.beside(own, listener), again);
            return new FoldReport(notes, "");
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return new FoldReport(notes, FailureWords.of(e));
        }
    }
}
