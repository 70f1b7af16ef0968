package io.github.transfuse.torch;

import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.torch.nn.OutOfMemory;
import java.util.regex.Pattern;

/** Failures of libtorch in the words of the engine. */
final class NativeErrors {

    private NativeErrors() {}

    /** What libtorch says behind the failure itself: where to read about it, and its C++ stack. */
    private static final Pattern BEHIND = Pattern.compile(
            "\\s*(Exception raised from|Search for `cuda|CUDA kernel errors|If reserved but unallocated|See documentation)"
                    + ".*");

    /** The message without the C++ stack behind it. */
    static String firstLine(Throwable failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return BEHIND.matcher(line).replaceFirst("");
    }

    /**
     * What to throw instead of a failure of libtorch.
     *
     * @param work what was being done, such as "a batch of 8 tiles of 256 x 256 pixels"
     */
    static RuntimeException translated(Throwable failure, String work) {
        return OutOfMemory.isBehind(failure)
                ? new EngineOutOfMemoryException(
                        "Not enough memory for " + work + ": " + firstLine(failure)
                                + ". Use a smaller batch_size or tile_size.",
                        failure)
                : new IllegalStateException("Computing " + work + " failed: " + firstLine(failure), failure);
    }
}
