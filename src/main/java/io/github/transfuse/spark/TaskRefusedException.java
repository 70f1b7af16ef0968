package io.github.transfuse.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An executor can do nothing at all; the message says which computer, why, and what to do. */
final class TaskRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    TaskRefusedException(String what) {
        super("On " + host() + ": " + what);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a computer without a name";
        }
    }

    /** The words of an executor in what Spark throws on the driver. */
    static Optional<String> within(Throwable thrown) {
        return within(thrown, TaskRefusedException.class);
    }

    /** The words of an exception of a class in what Spark throws on the driver. */
    static Optional<String> within(Throwable thrown, Class<? extends IOException> kind) {
        String name = kind.getName() + ": ";
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(at.getMessage());
            }
            String text = String.valueOf(at.getMessage());
            if (text.contains(name)) {
                return Optional.of(text.substring(text.indexOf(name) + name.length())
                        .lines()
                        .findFirst()
                        .orElse(text));
            }
        }
        return Optional.empty();
    }
}
