package io.github.transfuse.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * How long a run would take on more workers than there are here: the tasks that the driver would send, with the measured times
 * of images, given to whichever worker is free. Workers begin at different times, some tasks are slow, and some workers die.
 *
 * @param seconds of images, as measured
 * @param startUp mean seconds until a worker can take its first task: from 0.5 to 1.5 of it
 * @param slow share of tasks that take {@link #SLOWNESS} times as long, as on a computer that does something else
 * @param seed of all that is random
 */
record ClusterSimulation(double[] seconds, double startUp, double slow, long seed) {
    /** How much longer a slow task takes. */
    static final double SLOWNESS = 3;

    private static final long BYTES = 4000;

    /** Seconds from the start to the last result. */
    double run(int images, int workers) {
        Random random = new Random(seed);
        List<ImageTask.Image> all = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            all.add(new ImageTask.Image(Integer.toString(i), "", BYTES));
        }
        double mean = Arrays.stream(seconds).average().orElseThrow();
        double[] ready = new double[workers];
        Arrays.setAll(ready, i -> startUp * (0.5 + random.nextDouble()));
        List<ImageTask> probes = TaskSizes.probes(all, workers);
        double probed = last(probes, ready, random);
        Arrays.fill(ready, probed); // the others are cut when the first have told their times
        double secondsPerByte = mean / (BYTES + ImageTask.BYTES_PER_FILE);
        return last(TaskSizes.tasks(TaskSizes.rest(all, probes), secondsPerByte, workers), ready, random);
    }

    /** When the last task ends; each goes to the worker that is free first. */
    private double last(List<ImageTask> tasks, double[] ready, Random random) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        Arrays.stream(ready).forEach(free::add);
        double last = 0;
        for (ImageTask task : tasks) {
            double time = 0;
            for (int i = 0; i < task.images().size(); i++) {
                time += seconds[random.nextInt(seconds.length)];
            }
            double end = free.remove() + time * (random.nextDouble() < slow ? SLOWNESS : 1);
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }

    /** How much of the time of all workers is work, compared with one worker: 1 is linear. */
    double efficiency(int images, int workers) {
        return run(images, 1) / (workers * run(images, workers));
    }
}
