package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C and SIGTERM do to {@code transfuse train}. */
class TerminatedTrainingTest {
    private static final long PATIENCE_SECONDS = 240;

    /** Exit code of a process that SIGTERM ended, whether its JVM had time or not; a crash gives another. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void stopsBetweenStepsAndKeepsTheBestWeights() throws IOException, InterruptedException {
        TrainingProcess training = TrainingProcess.in(folder, 3);
        Path log = folder.resolve("log.txt");
        Process process = training.start(log, List.of(), "--epochs=100000");
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.readString(log).contains("epoch 1/") && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            process.destroy();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(log);
        assertEquals(TERMINATED, process.exitValue(), told);
        assertFalse(Files.exists(folder.resolve("crash.log")), told);
        assertTrue(told.contains("the best weights so far are kept"), told);
        ModelFolder model = ModelFolder.open(folder.resolve("model"));
        assertEquals(1, model.spec().network().classes());
        try (Stream<Path> files = Files.list(model.path())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.containsAll(List.of("history.csv", "curves.png", "preview.png")), names::toString);
        }
    }
}
