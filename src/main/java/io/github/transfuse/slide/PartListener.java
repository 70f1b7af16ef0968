package io.github.transfuse.slide;

import io.github.transfuse.batch.BatchListener;

/**
 * Tells of one part among several of equal size.
 *
 * @param whole is told
 * @param index of the part, from 0
 * @param count of the parts
 * @param label what a part is, behind the step: {@code region 2 of 3}
 */
public record PartListener(BatchListener whole, int index, int count, String label) implements BatchListener {

    @Override
    public void report(long done, long total, String step) {
        whole.report(
                index * total + done,
                count * total,
                count > 1 ? step + " (" + label + " " + (index + 1) + " of " + count + ")" : step);
    }

    @Override
    public boolean isCanceled() {
        return whole.isCanceled();
    }
}
