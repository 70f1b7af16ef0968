package io.github.transfuse.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** An executor whose first attempt is lost after some images. */
final class DiesOnce implements Function2<TaskContext, Iterator<ImageTask>, TaskReport>, Serializable {
    private static final long serialVersionUID = 1;

    private final JobPlan plan;
    private final int after;

    DiesOnce(JobPlan plan, int after) {
        this.plan = plan;
        this.after = after;
    }

    @Override
    public TaskReport apply(TaskContext context, Iterator<ImageTask> tasks) {
        ImageTask task = tasks.next();
        ImageTaskRunner runner = new ImageTaskRunner(plan);
        try {
            if (context.attemptNumber() == 0) {
                runner.run(new ImageTask(task.images().subList(0, after)), 1, 0, () -> false);
                // In the midst of the next one
                AtomicInteger asked = new AtomicInteger();
                runner.run(new ImageTask(task.images().subList(after, task.images().size())), 1, 0, () ->
                        asked.incrementAndGet() > 1);
            }
            return runner.run(task, 1, context.attemptNumber(), () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
