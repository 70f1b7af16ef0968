package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot grow, as on a full disk or beyond a quota, costs the epoch that ends then and nothing else. */
class FullDiskTest {
    private static final long PATIENCE_SECONDS = 240;

    /** In kB: the weights of T are 38 MB, a checkpoint holds them and two moments of each. */
    private static final int MAX_FILE = 60_000;

    private static final String CHECKPOINT = "checkpoint.safetensors";

    @TempDir
    Path folder;

    private String run(TrainingProcess training, int expected, List<String> launcher, String... options)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        Process process = training.start(log, launcher, options);
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(expected, process.exitValue(), Files.readString(log));
        return Files.readString(log);
    }

    @Test
    void theEarlierCheckpointStaysAndTheTrainingGoesOnFromIt() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash limits the size of files");
        TrainingProcess training = TrainingProcess.in(folder, 3);
        Path model = folder.resolve("model");
        run(training, 0, List.of(), "--epochs=1", "--keep-checkpoints");
        byte[] before = Files.readAllBytes(model.resolve(CHECKPOINT));

        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f " + MAX_FILE + "; exec \"$@\"", "bash");
        String told = run(training, 1, limited, "--epochs=2", "--resume");

        assertTrue(told.contains(CHECKPOINT + " cannot be written to " + model.getFileName()), told);
        assertTrue(told.contains("go on with resume"), told);
        assertArrayEquals(before, Files.readAllBytes(model.resolve(CHECKPOINT)));
        try (Stream<Path> files = Files.list(model)) {
            assertTrue(files.noneMatch(
                    file -> file.toString().contains("-next") || file.toString().contains(".tmp")));
        }

        told = run(training, 0, List.of(), "--epochs=2", "--resume");
        assertTrue(told.contains("epoch 2/2"), told);
    }
}
