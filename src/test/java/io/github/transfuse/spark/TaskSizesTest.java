package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskSizesTest {
    private static List<ImageTask.Image> images(int count, long bytes) {
        Random random = new Random(count);
        List<ImageTask.Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(new ImageTask.Image("/images/" + i + ".tif", "", (long) (bytes * (0.5 + random.nextDouble()))));
        }
        return images;
    }

    private static double seconds(ImageTask task, double secondsPerByte) {
        return task.weight() * secondsPerByte;
    }

    /** Every image is in one task, and tasks last what they shall. */
    @ParameterizedTest
    @CsvSource({"100000, 2000, 0.05, 64", "1000, 1000000, 2, 2", "1000, 1000000, 2, 64", "7, 1000, 0.1, 16"})
    void allImagesGoOnceInTasksOfTheWantedTime(int count, long bytes, double seconds, int slots) {
        List<ImageTask.Image> images = images(count, bytes);
        double each = seconds / (bytes + ImageTask.BYTES_PER_FILE);
        List<ImageTask> probes = TaskSizes.probes(images, slots);
        List<ImageTask.Image> rest = TaskSizes.rest(images, probes);
        List<ImageTask> tasks = TaskSizes.tasks(rest, each, slots);
        Set<ImageTask.Image> seen = new HashSet<>();
        int sum = 0;
        for (List<ImageTask> some : List.of(probes, tasks)) {
            for (ImageTask task : some) {
                seen.addAll(task.images());
                sum += task.images().size();
            }
        }
        assertEquals(count, sum);
        assertEquals(new HashSet<>(images), seen);
        assertTrue(probes.size() <= slots);
        double total = rest.stream().mapToDouble(image -> image.weight() * each).sum();
        double wanted = Math.min(45, Math.max(2, total / slots / 4));
        double longest = images.stream()
                .mapToDouble(image -> image.weight() * each)
                .max()
                .orElse(0);
        for (ImageTask task : tasks) {
            assertTrue(
                    seconds(task, each) <= wanted + longest / 2 + 1e-9,
                    task.images().size() + " images");
        }
        tasks.stream()
                .limit(Math.max(0, tasks.size() - 1))
                .forEach(task -> assertTrue(
                        seconds(task, each) >= wanted - longest, task.images().size() + " images"));
    }

    @Test
    void aHundredThousandTinyImagesAreSomeHundredTasks() {
        List<ImageTask.Image> images = images(100_000, 2000);
        int tasks = TaskSizes.tasks(images, 0.05 / (2000 + ImageTask.BYTES_PER_FILE), 16)
                .size();
        assertTrue(tasks > 64 && tasks < 200, tasks + " tasks");
    }

    @Test
    void theFirstImagesAreOfAllSizes() {
        List<ImageTask.Image> images = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            images.add(new ImageTask.Image("/" + i, "", i * 1_000_000L));
        }
        List<ImageTask> probes = TaskSizes.probes(images, 4);
        assertEquals(4, probes.size());
        long sum = probes.stream().mapToLong(ImageTask::weight).sum();
        assertEquals(50e6, (double) sum / 12, 6e6, "their mean is that of all");
        assertTrue(probes.stream().allMatch(task -> task.images().size() == TaskSizes.PROBED));
    }

    @Test
    void largeImagesGoFirst() {
        List<ImageTask> tasks = TaskSizes.tasks(images(50, 1_000_000), 1e-5, 2);
        for (int i = 1; i < tasks.size(); i++) {
            assertTrue(tasks.get(i - 1).images().get(0).bytes()
                    >= tasks.get(i).images().get(0).bytes());
        }
    }
}
