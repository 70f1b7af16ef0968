package io.github.transfuse.batch;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures in words that a user understands. */
public final class FailureWords {
    private FailureWords() {}

    /** What happened, in one line. */
    public static String of(Throwable failure) {
        String message = failure.getMessage() == null ? "" : inOneLine(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            return message + " does not exist. Check the path.";
        }
        if (failure instanceof AccessDeniedException) {
            return message + " may not be read or written. Check its permissions.";
        }
        if (failure instanceof FileSystemException) {
            return message + " cannot be used. Check the path and the space on the disk.";
        }
        if (failure instanceof OutOfMemoryError) {
            return "Java has too little memory (" + message + "). Give it more, as in JAVA_OPTS=-Xmx8g.";
        }
        boolean told = !message.isEmpty() && message.indexOf(' ') > 0;
        return told ? message : failure.getClass().getSimpleName() + ": " + message + " (--verbose shows where)";
    }

    /** Cases of a list, which are indented, are told apart, and what follows them is a sentence of its own. */
    private static String inOneLine(String message) {
        return message.strip()
                .replaceAll("(?<=[.:])\\s*\\R\\s*", " ")
                .replaceAll("\\s*\\R[ \\t]+", "; ")
                .replaceAll("\\s*\\R(?=[A-Z])", ". ")
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
