package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

/** Tiles a second and the time left are those of a clock that is known. */
class SpeedTest {
    private long seconds;
    private final Speed speed = new Speed(() -> seconds * 1_000_000_000L);

    private String after(long now, long done, long total) {
        seconds = now;
        return speed.text(done, total);
    }

    @Test
    void saysHowFastAndHowLong() {
        assertEquals("", after(10, 0, 1000));
        assertEquals("", after(11, 50, 1000), "too early");
        assertEquals("about 90 s left, 10.0 tiles/s: ", after(20, 100, 1000));
        assertEquals("about 3 min left, 5.0 tiles/s: ", after(30, 100, 1000));
    }

    @Test
    void countsAnewWhereTheCountBeginsAnew() {
        after(0, 0, 1000);
        after(100, 1000, 1000);
        assertEquals("", after(101, 10, 20));
        assertEquals("about 5 s left, 1.0 tiles/s: ", after(106, 15, 20));
    }

    @Test
    void aPreviewIsTheMiddleOfWhatIsShown() {
        Rectangle seen = new Rectangle(10, 20, 3000, 500);
        assertEquals(new Rectangle(1010, 20, 1000, 500), VisiblePreview.middle(seen, 1000));
        assertEquals(seen, VisiblePreview.middle(seen, 4000));
    }
}
