package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FileProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(77);

    private FileProgress of(long total) {
        return new FileProgress(total, Optional.empty(), clock::get);
    }

    /** What is left takes as long for each file as those that took work. */
    @Test
    void timeLeftIsThatOfFilesThatTookWork() {
        FileProgress progress = of(1000);
        for (int i = 0; i < 10; i++) {
            progress.step(false);
        }
        assertEquals("10 of 1000", progress.words().orElseThrow());
        clock.addAndGet(3 * SECOND);
        progress.step(true);
        assertEquals("11 of 1000, 49 min left", progress.words().orElseThrow());
        clock.addAndGet(SECOND);
        for (int i = 0; i < 951; i++) {
            progress.step(true);
        }
        assertEquals("962 of 1000, 1 s left", progress.words().orElseThrow());
    }

    @Test
    void longOnesAreHours() {
        FileProgress progress = of(20_000);
        clock.addAndGet(SECOND / 2);
        progress.step(true);
        assertEquals("1 of 20000, 2 h 47 min left", progress.words().orElseThrow());
        clock.addAndGet(SECOND / 2);
        for (int i = 1; i < 19_000; i++) {
            progress.step(true);
        }
        assertEquals("19000 of 20000, 1 s left", progress.words().orElseThrow());
    }

    @Test
    void atTheEndAndForASingleFileNothingIsLeft() {
        FileProgress progress = of(2);
        clock.addAndGet(SECOND);
        progress.step(true);
        progress.step(true);
        assertEquals("2 of 2", progress.words().orElseThrow());
        assertEquals(Optional.empty(), of(1).words());
    }

    @Test
    void aTerminalGetsABarThatLinesDoNotCollideWith() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (FileProgress progress = new FileProgress(4, Optional.of(terminal), clock::get)) {
            progress.step(true);
            progress.makeRoom();
        }
        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("1/4 files"), shown);
        assertTrue(shown.endsWith("\r" + " ".repeat(78) + "\r"), shown);
        bytes.reset();
        new FileProgress(1, Optional.of(terminal), clock::get).close();
        assertEquals(0, bytes.size(), "a single file needs no bar");
    }
}
