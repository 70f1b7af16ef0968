package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.macro.Interpreter;
import io.github.transfuse.view.TrainingMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingWindowTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void thereIsNoneInBatchModeNorWithoutADisplay() {
        Interpreter.batchMode = true;
        try {
            assertEquals(Optional.empty(), TrainingWindow.open(new TrainingMonitor()));
        } finally {
            Interpreter.batchMode = false;
        }
    }

    @Test
    void itShowsTheTrainingAndItsButtonsSteerIt() throws IOException, InterruptedException {
        assumeTrue(VirtualDisplay.available(), "No Xvfb on the PATH: a window needs a display.");
        Path output = folder.resolve("output.txt");
        String shown;
        try (VirtualDisplay display = VirtualDisplay.start()) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            TrainingWindowProbe.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("DISPLAY", display.name());
            Process process = builder.start();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
            shown = Files.readString(output);
        }
        assertTrue(shown.contains("line: 20 training and 2 validation images; on cpu in float32"), shown);
        assertTrue(shown.contains("line: Best Dice 0.6000 in epoch 1; about 2 min 00 s left"), shown);
        assertTrue(shown.matches("(?s).*then PAUSE\\Rthen CONTINUE\\Rthen STOP\\R.*"), shown);
        assertTrue(shown.contains("buttons left: []"), shown);
    }
}
