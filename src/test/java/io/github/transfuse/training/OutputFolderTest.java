package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.UnwritableOutputException;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutputFolderTest {
    private static final Path FOLDER = Path.of("model");

    @Test
    void roomForTheCheckpointsIsAskedForInMegabytes() {
        String message = assertThrows(
                        UnwritableOutputException.class,
                        () -> OutputFolder.requireRoom(FOLDER, 423_000_000, 100_000_000))
                .getMessage();
        assertTrue(message.contains("423 MB") && message.contains("100 MB"), message);
        assertDoesNotThrow(() -> OutputFolder.requireRoom(FOLDER, 100, 100));
    }

    /** S has 26,248,725 parameters; norms have two more numbers a channel and a counter each. */
    @Test
    void whatIsNeededFollowsFromTheNetwork() {
        long plain = OutputFolder.needed(new NetworkSpec(Variant.S, 3, 1, true), false);
        long numbers = plain / 4 / 11;
        assertTrue(numbers >= 26_248_725 && numbers < 26_400_000, "numbers " + numbers);
        assertEquals(numbers * 4 * 14, OutputFolder.needed(new NetworkSpec(Variant.S, 3, 1, true), true));
    }
}
