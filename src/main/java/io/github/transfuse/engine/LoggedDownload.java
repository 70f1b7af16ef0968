package io.github.transfuse.engine;

/**
 * Tells the log that something is fetched, where nobody watches: a script that waits some minutes says why. One line at
 * the beginning and one for each further quarter.
 */
final class LoggedDownload implements DownloadListener {
    /** Name of the log. */
    static final String LOG = "io.github.transfuse";

    private static final System.Logger LOGGER = System.getLogger(LOG);
    private static final long PARTS = 4;
    private static final double MEGABYTE = 1e6;

    private long told = -1;

    @Override
    public boolean received(long done, long total) {
        long part = total == 0 ? PARTS : PARTS * done / total;
        if (part > told) {
            told = part;
            LOGGER.log(
                    System.Logger.Level.INFO,
                    () -> String.format("Fetching PyTorch, once: %.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE));
        }
        return true;
    }
}
