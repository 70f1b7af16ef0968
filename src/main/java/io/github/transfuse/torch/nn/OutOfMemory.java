package io.github.transfuse.torch.nn;

import java.util.List;
import java.util.Locale;

/** Tells failures of libtorch for want of memory from others. */
public final class OutOfMemory {

    /** How libtorch's and oneDNN's allocators on processors and GPUs complain. */
    private static final List<String> COMPLAINTS = List.of(
            "out of memory",
            "can't allocate memory",
            "not enough memory",
            "bad_alloc",
            "physical memory usage is too high",
            "could not create a memory",
            "could not create a primitive");

    private OutOfMemory() {}

    /** Whether less memory would have helped. */
    public static boolean isBehind(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof OutOfMemoryError || COMPLAINTS.stream().anyMatch(message::contains);
    }
}
