package io.github.transfuse.progress;

/**
 * Progress of one part of several.
 *
 * @param whole hears of it
 * @param before units of work before this part
 * @param length units of this part
 * @param count units in all
 */
public record PartProgress(Progress whole, long before, long length, long count) implements Progress {
    /** One of several equal parts. */
    public PartProgress(Progress whole, long index, long count) {
        this(whole, index, 1, count);
    }

    @Override
    public void report(long done, long total, String step) {
        whole.report(before * total + length * done, count * total, step);
    }

    @Override
    public boolean isCanceled() {
        return whole.isCanceled();
    }
}
