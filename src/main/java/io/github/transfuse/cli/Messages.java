package io.github.transfuse.cli;

import io.github.transfuse.batch.FailureWords;
import java.util.concurrent.CancellationException;

/** Failures in words that a user understands. */
final class Messages {
    private Messages() {}

    /** What happened, in one line. */
    static String of(Throwable failure) {
        return failure instanceof CancellationException ? "Canceled." : FailureWords.of(failure);
    }

    /** Where in the program it happened, cause by cause. */
    static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            text.append(at == failure ? "" : "Caused by: ").append(at).append('\n');
            for (StackTraceElement element : at.getStackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
        }
        return text.toString();
    }
}
