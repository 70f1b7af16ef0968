package io.github.transfuse.torch;

import io.github.transfuse.engine.EngineOutOfMemoryException;
import java.util.List;
import java.util.Locale;

/** Failures of libtorch in the words of the engine. */
final class NativeErrors {

    /** How libtorch's and oneDNN's allocators on processors and GPUs complain. */
    private static final List<String> OUT_OF_MEMORY = List.of(
            "out of memory",
            "can't allocate memory",
            "not enough memory",
            "bad_alloc",
            "physical memory usage is too high",
            "could not create a memory",
            "could not create a primitive");

    private NativeErrors() {}

    /** The message without the C++ stack behind it. */
    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether less memory would have helped. */
    static boolean isOutOfMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof OutOfMemoryError || OUT_OF_MEMORY.stream().anyMatch(message::contains);
    }

    /**
     * What to throw instead of a failure of libtorch.
     *
     * @param work what was being done, such as "a batch of 8 tiles of 256 x 256 pixels"
     */
    static RuntimeException translated(Throwable failure, String work) {
        return isOutOfMemory(failure)
                ? new EngineOutOfMemoryException(
                        "Not enough memory for " + work + ": " + firstLine(failure)
                                + ". Use a smaller batch_size or tile_size.",
                        failure)
                : new IllegalStateException("Computing " + work + " failed: " + firstLine(failure), failure);
    }
}
