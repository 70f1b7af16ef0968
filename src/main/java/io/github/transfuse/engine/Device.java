package io.github.transfuse.engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network computes.
 *
 * @param kind kind of device
 * @param index which of several CUDA devices; 0 otherwise
 */
public record Device(Kind kind, int index) {

    /** Kind of device. */
    public enum Kind {
        /** The best that works: CUDA, then MPS, then the CPU. */
        AUTO,
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA,
        /** An Apple GPU. */
        MPS
    }

    /** The best device that works. */
    public static final Device AUTO = new Device(Kind.AUTO, 0);

    /** The processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern SYNTAX = Pattern.compile("(auto|cpu|mps|cuda)(?::(\\d{1,3}))?");

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1} or {@code mps}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Device of(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim().toLowerCase(Locale.ROOT));
        boolean indexed = matcher.matches() && matcher.group(2) != null;
        if (!matcher.matches() || (indexed && !"cuda".equals(matcher.group(1)))) {
            throw new IllegalArgumentException(
                    "Unknown device '" + text + "'. Known are auto, cpu, cuda, cuda:0 (and so on), mps.");
        }
        return new Device(
                Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                indexed ? Integer.parseInt(matcher.group(2)) : 0);
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.CUDA ? name + ":" + index : name;
    }
}
