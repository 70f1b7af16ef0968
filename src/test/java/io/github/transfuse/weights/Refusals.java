package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Assertions on files that are not accepted. */
final class Refusals {
    private Refusals() {}

    /** The action fails as a format error whose message holds all the given words. */
    static void assertRefused(Executable action, String... words) {
        String message = assertThrows(ModelFormatException.class, action).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
        }
        assertTrue(message.endsWith("."), () -> "no way out in: " + message);
    }
}
