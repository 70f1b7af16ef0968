package io.github.transfuse.spark;

import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FileResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Segments images on executors, and collects how they went. */
final class ImageRun {
    private final SparkJob job;
    private final TaskRun<TaskReport> tasks;
    private final DistributedRun.Listener listener;
    private final List<FileResult> results = new ArrayList<>();

    ImageRun(
            SparkJob job,
            Function2<TaskContext, Iterator<ImageTask>, TaskReport> work,
            DistributedRun.Listener listener) {
        this.job = job;
        this.listener = listener;
        this.tasks = new TaskRun<>(job, work, new TaskRun.Receiver<>() {
            @Override
            public void done(TaskReport report) {
                report.files().forEach(ImageRun.this::tell);
            }

            @Override
            public void failed(ImageTask.Image image, String why) {
                tell(FileResult.failed(image.path(), why));
            }
        });
    }

    /** How the images went so far, in the order in which they ended. */
    List<FileResult> results() {
        return List.copyOf(results);
    }

    /**
     * Segments images.
     *
     * @throws IOException if executors cannot work at all
     */
    BatchRun.Report run(List<ImageTask.Image> images) throws IOException {
        long start = System.nanoTime();
        listener.begins(images.size());
        segment(images);
        return report(start, 0);
    }

    /** Segments images without telling that it begins. */
    void segment(List<ImageTask.Image> images) throws IOException {
        tasks.run(images);
    }

    /**
     * How all went.
     *
     * @param start when it began, as {@link System#nanoTime} tells
     * @param more seconds that workers had other work
     */
    BatchRun.Report report(long start, double more) {
        double elapsed = (System.nanoTime() - start) * 1e-9;
        long failed = results.stream().filter(FileResult::isFailed).count();
        long kept = results.stream().filter(FileResult::kept).count();
        double computing = Math.min(1, (tasks.seconds() + more) / (elapsed * job.slots()));
        return new BatchRun.Report(results.size() - failed - kept, kept, failed, elapsed, computing);
    }

    /** Tells of a file that went another way, too. */
    void tell(FileResult result) {
        results.add(result);
        listener.file(result);
    }
}
