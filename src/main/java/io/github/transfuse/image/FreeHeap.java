package io.github.transfuse.image;

/** How much more memory Java may take for pixels. */
final class FreeHeap {
    private static final double MAX_SHARE = 0.8;

    private FreeHeap() {}

    /** Bytes that are free, those included that Java has not asked the computer for. */
    static long bytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /**
     * Accepts pixels for which there is room.
     *
     * @param image its file or name
     * @param needed bytes
     * @throws UnsupportedImageException if there is none
     */
    static void require(Object image, double needed) throws UnsupportedImageException {
        long free = bytes();
        if (needed > MAX_SHARE * free) {
            throw new UnsupportedImageException(
                    image,
                    "its pixels need " + Math.round(needed / 1e6) + " MB of memory, but " + free / 1_000_000
                            + " MB are free",
                    "Give Java more memory with -Xmx, crop the image, or segment it in QuPath.",
                    new NoRoomException(needed, free));
        }
    }
}
