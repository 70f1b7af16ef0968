package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWriterTest {
    @TempDir
    Path folder;

    @Test
    void theSecondIsRefusedUntilTheFirstEndsAndNothingStays() throws IOException {
        try (OneWriter first = OneWriter.of(folder).orElseThrow()) {
            assertEquals(Optional.empty(), OneWriter.of(folder));
            assertEquals(Optional.empty(), OneWriter.of(folder));
        }
        OneWriter.of(folder).orElseThrow().close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void anotherProcessIsRefusedAndADeadOneHoldsNothing() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var line = holder.inputReader()) {
            assertEquals("held", line.readLine());
            assertEquals(Optional.empty(), OneWriter.of(folder));
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertTrue(Files.exists(folder.resolve(".transfuse-writer")), "it was killed");
        OneWriter.of(folder).orElseThrow().close();
    }

    /** Takes the right and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String... arguments) throws IOException, InterruptedException {
            try (OneWriter held = OneWriter.of(Path.of(arguments[0])).orElseThrow()) {
                System.out.println("held");
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void manyThreadsNeverHoldItTogether() throws Exception {
        AtomicInteger holding = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> work = () -> {
            int got = 0;
            for (int i = 0; i < 200; i++) {
                Optional<OneWriter> right = OneWriter.of(folder);
                if (right.isPresent()) {
                    got++;
                    most.accumulateAndGet(holding.incrementAndGet(), Math::max);
                    holding.decrementAndGet();
                    right.get().close();
                }
            }
            return got;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int got = 0;
        for (Future<Integer> one :
                threads.invokeAll(new ArrayList<>(List.of(work, work, work, work, work, work, work, work)))) {
            got += one.get();
        }
        threads.shutdown();
        assertEquals(1, most.get());
        assertTrue(got > 0);
    }
}
