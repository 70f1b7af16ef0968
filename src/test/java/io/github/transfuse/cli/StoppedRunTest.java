package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who ends a run is told how far it got. */
class StoppedRunTest {

    /** A run of so many files, two of which are done; it ends when it is told to, or by itself. */
    public static final class Run {
        private Run() {}

        /** Arguments: the number of files, and whether it ends by itself. */
        @SuppressWarnings("SystemOut")
        public static void main(String... args) throws IOException {
            FileProgress progress = new FileProgress(Long.parseLong(args[0]), Optional.empty(), System::nanoTime);
            progress.step(true);
            progress.step(true);
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            try (StoppedRun stopped = new StoppedRun(out, progress::stopped)) {
                out.println("begun");
                if (!Boolean.parseBoolean(args[1])) {
                    System.in.read();
                }
            }
        }
    }

    private static String said(int files, boolean byItself) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName(),
                        Integer.toString(files),
                        Boolean.toString(byItself))
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("begun", lines.readLine());
            if (!byItself) {
                process.toHandle().destroy();
            }
            String line = lines.readLine();
            process.waitFor(1, TimeUnit.MINUTES);
            return line == null ? "" : line;
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 2 of 7 files are done", "1, nothing is written"})
    void anEndFromOutsideIsAnswered(int files, String words) throws IOException, InterruptedException {
        String line = said(files, false);
        assertTrue(line.startsWith("transfuse: Stopped") && line.contains(words), line);
    }

    @Test
    void aRunThatEndsByItselfSaysNothing() throws IOException, InterruptedException {
        assertEquals("", said(7, true));
    }
}
