package io.github.transfuse.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How many of the files of a run are done, and how long the others take: in words, and as a bar where a terminal is. */
final class FileProgress implements AutoCloseable {
    private static final int WIDTH = 78;
    private static final int UPDATE_MILLIS = 500;

    private final long total;
    private final LongSupplier nanos;
    private final long start;
    private final Optional<ProgressBar> bar;
    private final Optional<PrintStream> terminal;
    private final AtomicLong finished = new AtomicLong();
    private long worked;

    /**
     * Nothing is done yet.
     *
     * @param total number of files
     * @param terminal gets the bar; empty if nobody looks
     * @param nanos the clock
     */
    FileProgress(long total, Optional<PrintStream> terminal, LongSupplier nanos) {
        this.total = total;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.terminal = total > 1 ? terminal : Optional.empty();
        this.bar = this.terminal.map(to -> bar(total, to));
    }

    private static ProgressBar bar(long total, PrintStream to) {
        return new ProgressBarBuilder()
                .setTaskName("Segmenting")
                .setInitialMax(total)
                .setUnit(" files", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(line -> to.print("\r" + line), WIDTH))
                .build();
    }

    /** Makes room for a line of text, which the bar will follow. */
    void makeRoom() {
        terminal.ifPresent(to -> {
            to.print("\r" + " ".repeat(WIDTH) + "\r");
            to.flush();
        });
    }

    /**
     * A file is finished.
     *
     * @param work whether it took work, and so tells how long others will take
     */
    void step(boolean work) {
        finished.incrementAndGet();
        worked += work ? 1 : 0;
        bar.ifPresent(ProgressBar::step);
    }

    /** Such as {@code 12 of 200, 3 min left}; empty for a single file. */
    Optional<String> words() {
        if (total <= 1) {
            return Optional.empty();
        }
        String count = finished.get() + " of " + total;
        if (worked == 0 || finished.get() == total) {
            return Optional.of(count);
        }
        double each = (nanos.getAsLong() - start) * 1e-9 / worked;
        return Optional.of(count + ", " + duration(each * (total - finished.get())) + " left");
    }

    /** What is said when the process is told to end. */
    String stopped() {
        return total <= 1
                ? "transfuse: Stopped before the image was done: nothing is written."
                : "transfuse: Stopped: " + finished + " of " + total
                        + " files are done, of the others nothing is written. With --skip-existing a further run goes on.";
    }

    private static String duration(double seconds) {
        long minutes = Math.round(seconds / 60);
        if (seconds < 90) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return minutes < 90
                ? minutes + " min"
                : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        makeRoom();
    }
}
