package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.batch.FileResults;
import io.github.transfuse.batch.InputFile;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Segments the images of a task, on an executor. What an earlier attempt of the task has finished is not done again. */
class ImageTaskRunner implements Function2<TaskContext, Iterator<ImageTask>, TaskReport>, Serializable {
    private static final long serialVersionUID = 1;

    private final JobPlan plan;
    private final Meters meters;

    ImageTaskRunner(JobPlan plan, Meters meters) {
        this.plan = plan;
        this.meters = meters;
    }

    @Override
    public final TaskReport apply(TaskContext context, Iterator<ImageTask> tasks) {
        try {
            TaskReport report = run(tasks.next(), context.cpus(), context.attemptNumber(), context::isInterrupted);
            meters.count(report);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What executors must know. */
    final JobPlan plan() {
        return plan;
    }

    /**
     * Segments the images of a task.
     *
     * @param threads that the network computes with
     * @param attempt 0 for the first; a copy of a slow task counts as another attempt
     * @param canceled whether the task is no longer wanted
     * @throws TaskRefusedException if this computer can do nothing
     * @throws java.util.concurrent.CancellationException if it is no longer wanted; images that are done stay
     */
    TaskReport run(ImageTask task, int threads, int attempt, BooleanSupplier canceled) throws IOException {
        plan.requireDisk(task.images().toArray(ImageTask.Image[]::new));
        TransFuse model = ExecutorModel.of(plan, threads);
        FileResults results = new FileResults(FailureWords::of, canceled);
        List<InputFile> files =
                task.images().stream().map(ImageTask.Image::file).toList();
        long start = System.nanoTime();
        BatchRun.of(model, files, plan.keep() || attempt > 0).run(results);
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<FileResult> told = plan.keep()
                ? results.all()
                : results.all().stream().map(FileResult::asDone).toList();
        return new TaskReport(told, seconds, task.weight());
    }
}
