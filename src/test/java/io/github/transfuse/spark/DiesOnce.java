package io.github.transfuse.spark;

import io.github.transfuse.settings.Keys;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** An executor whose first attempt is lost after some images. */
final class DiesOnce implements Function2<TaskContext, Iterator<ImageTask>, TaskReport>, Serializable {
    private static final long serialVersionUID = 1;

    /** When the labels were written that the first attempt finished. */
    static final List<FileTime> MADE = new CopyOnWriteArrayList<>();

    private final JobPlan plan;
    private final List<ImageTask.Image> images;
    private final int after;

    DiesOnce(JobPlan plan, List<ImageTask.Image> images, int after) {
        this.plan = plan;
        this.images = List.copyOf(images);
        this.after = after;
    }

    /** When the first images had their labels. */
    List<FileTime> times() throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (ImageTask.Image image : images.subList(0, after)) {
            Path folder = plan.parsedSettings().folder(Keys.OUTPUT).resolve(image.folder());
            times.add(Files.getLastModifiedTime(folder.resolve(image.file().stem() + "-labels.tif")));
        }
        return times;
    }

    @Override
    public TaskReport apply(TaskContext context, Iterator<ImageTask> tasks) {
        ImageTask task = tasks.next();
        ImageTaskRunner runner =
                new ImageTaskRunner(plan, Meters.of(SparkJob.open("").context()));
        try {
            if (context.attemptNumber() == 0) {
                runner.run(new ImageTask(task.images().subList(0, after)), 1, 0, () -> false);
                // In the midst of the next one
                MADE.addAll(times());
                AtomicInteger asked = new AtomicInteger();
                runner.run(
                        new ImageTask(task.images().subList(after, task.images().size())),
                        1,
                        0,
                        () -> asked.incrementAndGet() > 1);
            }
            return runner.run(task, 1, context.attemptNumber(), () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
