package io.github.transfuse.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Names of the files that a training goes on from. */
public final class CheckpointFiles {
    /** That of the last finished epoch. */
    public static final String LAST = "checkpoint.safetensors";

    /** That of the epoch before. */
    public static final String PREVIOUS = "checkpoint-previous.safetensors";

    private CheckpointFiles() {}

    /** Whether a training can go on in this folder, as far as names tell. */
    public static boolean areIn(Path folder) {
        return Stream.of(LAST, PREVIOUS).anyMatch(name -> Files.exists(folder.resolve(name)));
    }
}
