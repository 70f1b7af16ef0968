package io.github.transfuse.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/** Failures in words that a user understands. */
final class Messages {
    private Messages() {}

    /** What happened, in one line. */
    static String of(Throwable failure) {
        String message =
                failure.getMessage() == null ? "" : failure.getMessage().replaceAll("\\s*\\R\\s*", " ");
        if (failure instanceof NoSuchFileException) {
            return message + " does not exist. Check the path.";
        }
        if (failure instanceof AccessDeniedException) {
            return message + " may not be read or written. Check its permissions.";
        }
        if (failure instanceof FileSystemException) {
            return message + " cannot be used. Check the path and the space on the disk.";
        }
        if (failure instanceof CancellationException) {
            return "Canceled.";
        }
        if (failure instanceof OutOfMemoryError) {
            return "Java has too little memory (" + message + "). Give it more, as in JAVA_OPTS=-Xmx8g.";
        }
        boolean told = !message.isEmpty() && message.indexOf(' ') > 0;
        return told ? message : failure.getClass().getSimpleName() + ": " + message + " (--verbose shows where)";
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
