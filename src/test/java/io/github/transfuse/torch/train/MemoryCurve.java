package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;

/**
 * How much memory a process has while it repeats something. With a heap that is all there from the start ({@code -Xms} as
 * {@code -Xmx}, {@code AlwaysPreTouch}) what grows is native.
 */
final class MemoryCurve {
    /** What may be gained after the warm-up. */
    private static final double MAX_GROWTH = 1.02;

    /** Part of the looks that are passed over: caches fill, libraries compile. */
    private static final double WARM_UP = 0.25;

    private static final int SETTLING = 3;
    private static final double MEGABYTE = 1 << 20;

    private final String title;
    private final List<Long> bytes = new ArrayList<>();
    private long pointersWarm = -1;

    MemoryCurve(String title) {
        this.title = title;
    }

    /** Looks at the memory. */
    void look() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < SETTLING; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            least = Math.min(least, Pointer.physicalBytes());
        }
        bytes.add(least);
        if (pointersWarm < 0 && bytes.size() > 2) {
            pointersWarm = Pointer.totalCount();
        }
    }

    /** The middle of the last quarter of the looks is that of the quarter after the warm-up, but for 2 percent. */
    void assertFlat() throws IOException {
        int quarter = Math.max(1, bytes.size() / 4);
        int warm = (int) (WARM_UP * bytes.size());
        double first = middle(bytes.subList(warm, warm + quarter));
        double last = middle(bytes.subList(bytes.size() - quarter, bytes.size()));
        tell(first, last);
        assertTrue(last <= MAX_GROWTH * first, () -> title + ": " + line());
    }

    /** Nothing native is held on to, beside what is given. */
    void assertNoPointers(long held) {
        long more = Pointer.totalCount() - pointersWarm;
        assertTrue(more <= held, () -> title + ": " + more + " more native objects");
    }

    private static double middle(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / MEGABYTE;
    }

    private String line() {
        StringBuilder text = new StringBuilder();
        bytes.forEach(value -> text.append(Math.round(value / MEGABYTE)).append(' '));
        return text.toString().strip() + " MB";
    }

    @SuppressWarnings("SystemOut") // for the page that tells of these curves
    private void tell(double first, double last) throws IOException {
        String text = String.format(
                Locale.ROOT,
                "%s\t%.0f MB\t%.0f MB\t%+.2f %%\t%s%n",
                title,
                first,
                last,
                100 * (last / first - 1),
                line());
        System.out.print(text);
        Path target = Path.of("target");
        if (Files.isDirectory(target)) {
            Files.writeString(target.resolve("memory.tsv"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
