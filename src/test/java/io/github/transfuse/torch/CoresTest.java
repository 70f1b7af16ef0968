package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoresTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | - | 8 | 8",
                "3 | - | 8 | 3",
                "'4,2' | - | 8 | 4",
                "' 5 ' | - | 8 | 5",
                "- | 2 | 8 | 2",
                "6 | 2 | 8 | 2",
                "2 | 6 | 8 | 2",
                "64 | - | 8 | 8",
                "0 | -1 | 8 | 8",
                "many | '' | 8 | 8",
                "- | - | 0 | 1"
            })
    void theLeastCounts(String openmp, String slurm, int seen, int number) {
        Map<String, String> environment = new java.util.HashMap<>();
        if (openmp != null) {
            environment.put("OMP_NUM_THREADS", openmp);
        }
        if (slurm != null) {
            environment.put("SLURM_CPUS_PER_TASK", slurm);
        }
        assertEquals(number, new Cores(environment, seen).number());
    }

    /** What {@code --threads} says goes with the variables: the least counts. */
    @ParameterizedTest
    @CsvSource({"3, 8, 3", "5, 2, 2", "9, 4, 4"})
    void thePropertyCounts(String property, String openmp, int number) {
        assertEquals(number, new Cores(Map.of("transfuse.threads", property, "OMP_NUM_THREADS", openmp), 8).number());
    }

    /** Prints what a process of its own takes. */
    public static final class Told {
        private Told() {}

        /** Without arguments. */
        @SuppressWarnings("SystemOut") // for the process that reads it
        public static void main(String... arguments) {
            System.out.println("cores " + Cores.count());
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 3", "2, 2"})
    void aProcessObeysItsEnvironmentAndItsProperty(int property, int number) throws Exception {
        Path output = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=6",
                "-Dtransfuse.threads=" + property,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Told.class.getName()));
        builder.environment().put("OMP_NUM_THREADS", "5");
        builder.environment().put("SLURM_CPUS_PER_TASK", "3");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals("cores " + number, Files.readString(output).strip());
    }
}
