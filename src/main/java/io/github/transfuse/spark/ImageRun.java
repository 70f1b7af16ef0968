package io.github.transfuse.spark;

import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FileResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.collection.Iterator;

/**
 * Sends images to executors, in tasks. If a task cannot be done although it was tried several times, its images go alone; an
 * image that cannot be done alone has failed, and the others go on.
 */
final class ImageRun {
    /** How Spark names the task that it gave up. */
    private static final Pattern GIVEN_UP = Pattern.compile("Task (\\d+) in stage");

    private final SparkJob job;
    private final Function2<TaskContext, Iterator<ImageTask>, TaskReport> work;
    private final DistributedRun.Listener listener;
    private final List<FileResult> results = new ArrayList<>();
    private double seconds;
    private long weight;

    ImageRun(
            SparkJob job,
            Function2<TaskContext, Iterator<ImageTask>, TaskReport> work,
            DistributedRun.Listener listener) {
        this.job = job;
        this.work = work;
        this.listener = listener;
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
        int total = images.size();
        List<ImageTask> probes = TaskSizes.probes(images, job.slots());
        runAll("TransFuse: the first of " + total + " images", probes);
        List<ImageTask.Image> rest = TaskSizes.rest(images, probes);
        if (!rest.isEmpty()) {
            double secondsPerByte = weight == 0 ? 0 : seconds / weight;
            runAll(
                    "TransFuse: " + rest.size() + " of " + total + " images",
                    TaskSizes.tasks(rest, secondsPerByte, job.slots()));
        }
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
        double computing = Math.min(1, (seconds + more) / (elapsed * job.slots()));
        return new BatchRun.Report(results.size() - failed - kept, kept, failed, elapsed, computing);
    }

    private void runAll(String name, List<ImageTask> tasks) throws IOException {
        List<ImageTask> left = tasks;
        while (!left.isEmpty()) {
            List<ImageTask> sent = left;
            Set<Integer> open = new TreeSet<>();
            for (int i = 0; i < sent.size(); i++) {
                open.add(i);
            }
            Optional<Exception> failure = job.run(name, sent, work, (number, report) -> {
                open.remove(number);
                tell(report);
            });
            left = failure.isEmpty() ? List.of() : again(sent, open, failure.get());
        }
    }

    private void tell(TaskReport report) {
        seconds += report.seconds();
        weight += report.weight();
        report.files().forEach(this::tell);
    }

    /** Tells of a file that went another way, too. */
    void tell(FileResult result) {
        results.add(result);
        listener.file(result);
    }

    /** What is left when Spark gave up a task. */
    private List<ImageTask> again(List<ImageTask> sent, Set<Integer> open, Exception failure) throws IOException {
        Optional<String> refused = TaskRefusedException.within(failure);
        OptionalInt number = givenUp(failure);
        if (refused.isPresent() || number.isEmpty() || !open.contains(number.getAsInt())) {
            throw new IOException(refused.orElse("Spark ended: " + firstLine(failure)), failure);
        }
        ImageTask bad = sent.get(number.getAsInt());
        List<ImageTask> left = new ArrayList<>();
        open.stream().filter(i -> i != number.getAsInt()).map(sent::get).forEach(left::add);
        if (bad.images().size() == 1) {
            tell(FileResult.failed(bad.images().get(0).path(), "Its task failed each time: " + firstLine(failure)));
        } else {
            bad.images().forEach(image -> left.add(new ImageTask(List.of(image))));
        }
        return left;
    }

    private static OptionalInt givenUp(Exception failure) {
        Matcher matcher = GIVEN_UP.matcher(String.valueOf(failure.getMessage()));
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
