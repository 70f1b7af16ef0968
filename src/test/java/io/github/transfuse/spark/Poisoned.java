package io.github.transfuse.spark;

import io.github.transfuse.batch.FileResult;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/** Work that ends without words at images called poison, as if they took all memory. */
final class Poisoned implements Function2<TaskContext, Iterator<ImageTask>, TaskReport>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public TaskReport apply(TaskContext context, Iterator<ImageTask> tasks) {
        ImageTask task = tasks.next();
        if (task.images().stream().anyMatch(image -> image.path().contains("poison"))) {
            throw new IllegalStateException("gone");
        }
        return new TaskReport(
                task.images().stream()
                        .map(image -> new FileResult(image.path(), "", 0.1, 0, "", false, List.of(), List.of()))
                        .toList(),
                0.1,
                task.weight());
    }
}
