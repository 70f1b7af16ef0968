package io.github.transfuse.engine;

/** Watches the download of the native libraries. Called from the thread that downloads. */
public interface DownloadListener {
    /** Listens to nothing and never cancels. */
    DownloadListener NONE = (done, total) -> true;

    /**
     * Some bytes have come, or none for a while: asked again then, so that a download that stalls can be canceled.
     *
     * @param done bytes received
     * @param total bytes to receive
     * @return whether to go on; if not, the engine is unavailable and nothing half-written is left
     */
    boolean received(long done, long total);
}
