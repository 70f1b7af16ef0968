package io.github.transfuse.batch;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts what is not segmented of a folder, by kind, so that it can be told in one sentence. */
final class PassedOver {
    private static final int MAX_ENDINGS = 5;

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final TreeSet<String> endings = new TreeSet<>();

    /** Why something is not segmented. */
    enum Kind {
        NO_IMAGE("file that is not an image", "files that are not images"),
        RESULT("result of an earlier run", "results of earlier runs"),
        HIDDEN("hidden file or folder", "hidden files or folders"),
        FOLDER("sub-folder (recursive takes it in)", "sub-folders (recursive takes them in)"),
        LOOP("link to a folder that it lies in", "links to folders that they lie in"),
        BROKEN_LINK("link to nothing", "links to nothing"),
        UNREADABLE("folder or file that may not be read", "folders or files that may not be read");

        private final String one;
        private final String several;

        Kind(String one, String several) {
            this.one = one;
            this.several = several;
        }

        private String words(int count) {
            return count + " " + (count == 1 ? one : several);
        }
    }

    void count(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** Counts a file that is no image by its name. */
    void countOther(Path file) {
        count(Kind.NO_IMAGE);
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (endings.size() <= MAX_ENDINGS) {
            endings.add(dot < 0 ? "no ending" : name.substring(dot).toLowerCase(Locale.ROOT));
        }
    }

    /** All of it in one sentence; empty if there is nothing to tell. */
    Optional<String> sentence(String folder) {
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(counts.entrySet().stream()
                .map(entry -> entry.getKey().words(entry.getValue()) + examples(entry.getKey()))
                .collect(Collectors.joining(", ", "Not segmented in " + folder + ": ", ".")));
    }

    private String examples(Kind kind) {
        if (kind != Kind.NO_IMAGE) {
            return "";
        }
        String listed = endings.stream().limit(MAX_ENDINGS).collect(Collectors.joining(", "));
        return " (" + listed + (endings.size() > MAX_ENDINGS ? ", ..." : "") + ")";
    }
}
