package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** One thing is one thing, in every language. */
class CountedTest {
    @Test
    void saysOneAndMany() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals("0 objects", Counted.of(0, "object"));
            assertEquals("1 object", Counted.of(1, "object"));
            assertEquals("1,200 objects", Counted.of(1200, "object"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
