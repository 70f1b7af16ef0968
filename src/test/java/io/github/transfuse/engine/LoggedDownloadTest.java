package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A script that waits for a download says so, and not for every block. */
class LoggedDownloadTest {
    private final Logger log = Logger.getLogger(LoggedDownload.LOG);
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord told) {
            lines.add(told.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // holds nothing
        }
    };

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(handler);
    }

    @AfterEach
    void leave() {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
    }

    @Test
    void tellsQuarters() {
        LoggedDownload download = new LoggedDownload();
        for (long done = 1_000_000; done <= 110_000_000; done += 1_000_000) {
            assertTrue(download.received(done, 110_000_000));
        }

        assertEquals(5, lines.size(), lines.toString());
        assertEquals("Fetching PyTorch, once: 1 of 110 MB", lines.get(0));
        assertEquals("Fetching PyTorch, once: 110 of 110 MB", lines.get(4));
    }
}
