package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {

    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    private Path folder;

    @Test
    void goesOnToTheSameLossesAfterKill9() throws IOException, InterruptedException {
        TinyTraining training = KilledTraining.training(folder).pictures(4);
        Path history = folder.resolve("killed").resolve(RunFolder.HISTORY);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledTraining.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (lines(history) < 3 && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertTrue(lines(history) >= 3, Files.readString(folder.resolve("log.txt")));

        training.output("killed").resume(true).run();
        byte[] resumed = Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT));
        training.output("whole").resume(false).run();
        assertArrayEquals(Files.readAllBytes(training.outputFolder().resolve(RunFolder.CHECKPOINT)), resumed);
        assertArrayEquals(losses("whole").toArray(), losses("killed").toArray());
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /** The columns that do not measure time. */
    private List<String> losses(String output) throws IOException {
        return Files.readAllLines(folder.resolve(output).resolve(RunFolder.HISTORY)).stream()
                .map(line -> line.replaceFirst("^((?:[^,]*,){5}).*$", "$1"))
                .toList();
    }
}
