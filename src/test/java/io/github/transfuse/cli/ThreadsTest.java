package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    @TempDir
    private Path folder;

    /** In a process of its own, because the number is read when PyTorch is opened. */
    @Test
    void theRecordNamesTheThreadsThatWereAskedFor() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=4",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "segment",
                        "--sample",
                        "--threads",
                        "3",
                        "--output",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), () -> said());
        try (var files = Files.list(folder)) {
            Path record = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            String json = Files.readString(record);
            assertTrue(JsonParser.parseString(json).isJsonObject());
            assertTrue(json.replace(" ", "").contains("\"threads\":3"), json);
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said.txt"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "many"})
    void whatIsNoNumberOfThreadsIsRefused(String number) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "segment",
                "x.png",
                "--threads=" + number);
        assertEquals(Main.USAGE, code);
        assertTrue(err.toString().contains("--threads") && err.toString().contains(number), err.toString());
    }
}
