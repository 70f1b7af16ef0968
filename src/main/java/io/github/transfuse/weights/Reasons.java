package io.github.transfuse.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why a file could not be read, in words for users, not for programmers. */
final class Reasons {
    private static final int MAX_LENGTH = 200;

    private Reasons() {}

    /** What comes from a file and may be anything: one line of a length that can be read. */
    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + " ..." : line;
    }

    static String of(IOException failure) {
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "it may not be read";
        }
        String said = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return Optional.ofNullable(said).map(Reasons::shortened).orElse("no reason is given");
    }
}
