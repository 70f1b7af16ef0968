package io.github.transfuse.engine;

import io.github.transfuse.model.ActivationRanges;

/** A network in float32 that remembers which numbers reach its operations: the calibration that int8 needs. */
public interface WatchedNetwork extends Network {

    /** What reached the operations in all predictions so far. */
    ActivationRanges ranges();
}
