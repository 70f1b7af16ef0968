package io.github.transfuse.cli;

import io.github.transfuse.engine.DownloadListener;
import java.util.Locale;

/** How far a download is: a line that changes where somebody looks, otherwise a line for each tenth. */
final class DownloadLine implements DownloadListener {
    private static final double MEGABYTE = 1e6;
    private static final long PARTS = 10;

    private final Terminal terminal;
    private long told = -1;

    DownloadLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean received(long done, long total) {
        boolean live = terminal.live().isPresent();
        // a terminal is told each megabyte
        long parts = live ? total / (long) MEGABYTE : PARTS;
        long part = total == 0 ? parts : parts * done / total;
        if (part > told && total > 0) {
            told = part;
            String text = String.format(Locale.ROOT, "%.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE);
            terminal.live().ifPresent(to -> to.print("\r" + text));
            if (!live) {
                terminal.err().println(text);
            }
        }
        return !Thread.currentThread().isInterrupted();
    }

    /** The next text begins on a line of its own. */
    void end() {
        if (told >= 0) {
            terminal.live().ifPresent(to -> to.println());
        }
    }
}
