package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

/** Counts of faults that were injected and survived: {@code target/faults.tsv} has a line for each loop and kind of fault. */
public final class FaultCounts {
    private static final Path FILE = Path.of("target", "faults.tsv");

    private FaultCounts() {}

    /**
     * Notes what a loop survived.
     *
     * @param what was disturbed
     * @param counts by kind of fault
     */
    @SuppressWarnings("SystemOut")
    public static synchronized void add(String what, Map<?, Integer> counts) throws IOException {
        StringBuilder lines = new StringBuilder();
        counts.forEach((kind, count) -> lines.append(what)
                .append('\t')
                .append(kind.toString().toLowerCase(Locale.ROOT))
                .append('\t')
                .append(count)
                .append('\n'));
        if (Files.isDirectory(FILE.getParent())) {
            Files.writeString(FILE, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        System.out.println("Faults survived: " + what + " " + counts);
    }

    /** The class and test that called a loop. */
    static String caller(Class<?> loop) {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame ->
                                frame.getDeclaringClass() != loop && frame.getDeclaringClass() != FaultCounts.class)
                        .findFirst()
                        .map(frame -> frame.getDeclaringClass().getSimpleName() + "." + frame.getMethodName())
                        .orElseThrow());
    }
}
