package io.github.transfuse.spark;

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
 *
 * @param <R> what a task tells
 */
final class TaskRun<R extends TaskRun.Told> {
    /** How Spark names the task that it gave up. */
    private static final Pattern GIVEN_UP = Pattern.compile("Task (\\d+) in stage");

    private final SparkJob job;
    private final Function2<TaskContext, Iterator<ImageTask>, R> work;
    private final Receiver<R> receiver;
    private double seconds;
    private long weight;

    TaskRun(SparkJob job, Function2<TaskContext, Iterator<ImageTask>, R> work, Receiver<R> receiver) {
        this.job = job;
        this.work = work;
        this.receiver = receiver;
    }

    /** What a task tells of its time. */
    interface Told {
        /** That its images took together, opening the network not counted. */
        double seconds();

        /** Of its images, as {@link ImageTask.Image#weight} counts. */
        long weight();
    }

    /** Told how it goes; all calls come one at a time. */
    interface Receiver<R> {
        /** A task is done. */
        void done(R report);

        /** An image cannot be done by any executor. */
        void failed(ImageTask.Image image, String why);
    }

    /** Seconds of all tasks so far. */
    double seconds() {
        return seconds;
    }

    /**
     * Sends all images, the first of them to find out how long they take.
     *
     * @throws IOException if executors cannot work at all
     */
    void run(List<ImageTask.Image> images) throws IOException {
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
                seconds += report.seconds();
                weight += report.weight();
                receiver.done(report);
            });
            left = failure.isEmpty() ? List.of() : again(sent, open, failure.get());
        }
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
            receiver.failed(bad.images().get(0), "Its task failed each time: " + firstLine(failure));
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
