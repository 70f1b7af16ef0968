package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user reads after a run. */
class SegmentCommandTest {
    private static String told(SegmentationRun run) {
        return SegmentCommand.Run.describe(run);
    }

    @Test
    void saysWhatWasMade() {
        assertEquals("1 object from 1 tile in 3 s", told(new SegmentationRun(1, 0, 1, 3999, 0, false, List.of())));
        assertEquals(
                "0 objects from 2 tiles in 0 s, 1 region unreadable. It is so.",
                told(new SegmentationRun(2, 1, 0, 1, 0, false, List.of("It is so."))));
        assertEquals("Canceled; nothing was changed.", told(new SegmentationRun(0, 0, 0, 1, 0, true, List.of())));
    }
}
