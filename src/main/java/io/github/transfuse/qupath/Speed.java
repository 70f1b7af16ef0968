package io.github.transfuse.qupath;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How fast tiles are computed, and how long the others will take. */
final class Speed {
    private static final double SECOND = 1e9;

    /** Seconds before anything is said: the first tiles wait for pixels. */
    private static final double EARLY = 2;

    private static final long MINUTE = 60;

    private final LongSupplier clock;
    private long first = -1;
    private long all;
    private long start;

    /**
     * Nothing was computed yet.
     *
     * @param clock in nanoseconds
     */
    Speed(LongSupplier clock) {
        this.clock = clock;
    }

    /** Such as {@code about 2 min left, 12.5 tiles/s: }, before what is done; empty while nothing is known. */
    synchronized String text(long done, long total) {
        long now = clock.getAsLong();
        // regions of other sizes are counted in other numbers
        if (first < 0 || done < first || total != all) {
            first = done;
            all = total;
            start = now;
        }
        double seconds = (now - start) / SECOND;
        if (seconds < EARLY || done <= first) {
            return "";
        }
        double rate = (done - first) / seconds;
        return String.format(Locale.ROOT, "about %s left, %.1f tiles/s: ", time((total - done) / rate), rate);
    }

    private static String time(double seconds) {
        long rounded = Math.round(seconds);
        return rounded < 2 * MINUTE ? rounded + " s" : Math.round(seconds / MINUTE) + " min";
    }
}
