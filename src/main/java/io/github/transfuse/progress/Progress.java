package io.github.transfuse.progress;

/**
 * Where long work says how far it is, and asks whether it is still wanted.
 *
 * <p>Both methods are called often and must return quickly.
 */
public interface Progress {
    /** Listens to nothing and never cancels. */
    Progress NONE = new Progress() {
        @Override
        public void report(long done, long total, String step) {
            // nobody listens
        }

        @Override
        public boolean isCanceled() {
            return false;
        }
    };

    /**
     * Tells how far the work is.
     *
     * @param done units finished, 0 to total
     * @param total units in all
     * @param step what is being done, in words a user understands
     */
    void report(long done, long total, String step);

    /**
     * Asks whether the work should stop; checked at least once per batch.
     *
     * @return true if the result is no longer wanted
     */
    boolean isCanceled();
}
