package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of the page is what the simulation says, and the simulation is right where the answer is known. */
class ClusterSimulationTest {
    private static final double START_UP = 45;
    private static final double SLOW = 0.02;

    @Test
    void withoutStartsAndSlowTasksTheAnswerIsKnown() {
        double[] one = {1};
        ClusterSimulation ideal = new ClusterSimulation(one, 0, 0, 1);
        assertEquals(10_000, ideal.run(10_000, 1), 1e-6);
        // four workers with 12 probed images, then 9,988 images in tasks of 45: 222, so that two workers have 56
        assertEquals(3 + 55 * 45 + 45, ideal.run(10_000, 4), 45);
        assertEquals(1, ideal.efficiency(100_000, 64), 0.04);
    }

    @Test
    void aStartCostsEachWorkerOnce() {
        double without = new ClusterSimulation(new double[] {2}, 0, 0, 3).run(10_000, 16);
        double with = new ClusterSimulation(new double[] {2}, 40, 0, 3).run(10_000, 16);
        assertTrue(with - without > 20 && with - without < 60, with + " " + without);
    }

    @Test
    void theTableOfThePageIsWhatIsSimulated() throws IOException {
        String page = Files.readString(Path.of("docs", "clusters.md"));
        String table = table();
        assertTrue(page.contains(table), table);
    }

    private static String table() throws IOException {
        ClusterSimulation simulation = new ClusterSimulation(measured(), START_UP, SLOW, 24);
        StringBuilder table = new StringBuilder(
                """
                | workers | 10,000 images | of linear | 100,000 images | of linear |
                |---|---|---|---|---|
                """);
        for (int workers : new int[] {1, 4, 8, 16, 32, 64}) {
            table.append(String.format(Locale.ROOT, "| %d |", workers));
            for (int images : new int[] {10_000, 100_000}) {
                table.append(String.format(
                        Locale.ROOT,
                        " %.1f min | %.0f %% |",
                        simulation.run(images, workers) / 60,
                        100 * simulation.efficiency(images, workers)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static double[] measured() throws IOException {
        try (InputStream in = ClusterSimulationTest.class.getResourceAsStream("/spark/seconds.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.strip().split("\n", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }
}
