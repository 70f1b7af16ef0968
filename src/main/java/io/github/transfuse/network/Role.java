package io.github.transfuse.network;

/** What a tensor has to do with the world around the network: which ones change when a model gets another task. */
public enum Role {
    /** Weights inside. */
    INNER,
    /** Kernels that see the channels of the image along their second axis. */
    CHANNELS,
    /** The table of positions, one row a token. */
    POSITIONS,
    /** The layer whose outputs are the classes. */
    CLASSES,
    /** Counts batches or is never used: changes no output, and some files lack it. */
    DISPENSABLE
}
