package io.github.transfuse.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts images into tasks of about the same time. A few images of each size go first and tell how long the others take. A task
 * lasts {@value #SECONDS} s, so that starting it costs nothing and a lost one little; less, if there would be too few for all.
 */
final class TaskSizes {
    /** Seconds of a task. */
    static final double SECONDS = 45;

    /** Tasks for each place, at least, where the time allows it: the last to end must not be waited for long. */
    static final int ROUNDS = 4;

    /** Seconds below which tasks are not cut further. */
    static final double MIN_SECONDS = 2;

    /** Images of a task that is sent first. */
    static final int PROBED = 3;

    private TaskSizes() {}

    /**
     * Images to begin with: {@link #PROBED} for each place, evenly from the smallest to the largest.
     *
     * @param slots tasks that run at once
     * @return one task for each place, or fewer
     */
    static List<ImageTask> probes(List<ImageTask.Image> images, int slots) {
        List<ImageTask.Image> sorted = largestFirst(images);
        int count = Math.min(sorted.size(), slots * PROBED);
        List<List<ImageTask.Image>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i < slots) {
                tasks.add(new ArrayList<>());
            }
            tasks.get(i % slots).add(sorted.get((int) ((long) i * sorted.size() / count)));
        }
        return tasks.stream().map(ImageTask::new).toList();
    }

    /** The images that no task has. */
    static List<ImageTask.Image> rest(List<ImageTask.Image> images, List<ImageTask> taken) {
        Set<ImageTask.Image> gone = new HashSet<>();
        taken.forEach(task -> gone.addAll(task.images()));
        return images.stream().filter(image -> !gone.contains(image)).toList();
    }

    /**
     * Tasks of about the same time, those of the largest images first.
     *
     * @param secondsPerByte of {@link ImageTask.Image#weight}, as measured
     * @param slots tasks that run at once
     */
    static List<ImageTask> tasks(List<ImageTask.Image> images, double secondsPerByte, int slots) {
        double total = secondsPerByte
                * images.stream().mapToLong(ImageTask.Image::weight).sum();
        double wanted = Math.min(SECONDS, Math.max(MIN_SECONDS, total / (slots * ROUNDS)));
        List<ImageTask> tasks = new ArrayList<>();
        List<ImageTask.Image> task = new ArrayList<>();
        double seconds = 0;
        for (ImageTask.Image image : largestFirst(images)) {
            double more = image.weight() * secondsPerByte;
            if (!task.isEmpty() && seconds + more / 2 > wanted) {
                tasks.add(new ImageTask(task));
                task.clear();
                seconds = 0;
            }
            task.add(image);
            seconds += more;
        }
        if (!task.isEmpty()) {
            tasks.add(new ImageTask(task));
        }
        return tasks;
    }

    private static List<ImageTask.Image> largestFirst(List<ImageTask.Image> images) {
        return images.stream()
                .sorted(Comparator.comparingLong(ImageTask.Image::weight)
                        .reversed()
                        .thenComparing(ImageTask.Image::path))
                .toList();
    }
}
