package io.github.transfuse.spark;

import io.github.transfuse.batch.FileResult;
import java.io.Serializable;
import java.util.List;

/**
 * How a task went.
 *
 * @param files those of the task, in their order
 * @param seconds that they took together, opening the network not counted
 * @param weight of the images, as {@link ImageTask.Image#weight} counts
 */
record TaskReport(List<FileResult> files, double seconds, long weight) implements TaskRun.Told, Serializable {
    TaskReport {
        files = List.copyOf(files);
    }
}
