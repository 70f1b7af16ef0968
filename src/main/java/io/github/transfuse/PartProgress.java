package io.github.transfuse;

import io.github.transfuse.tiling.Progress;

/** Progress of one part of several. */
record PartProgress(Progress whole, long index, long count) implements Progress {
    @Override
    public void report(long done, long total, String step) {
        whole.report(index * total + done, count * total, step);
    }

    @Override
    public boolean isCanceled() {
        return whole.isCanceled();
    }
}
