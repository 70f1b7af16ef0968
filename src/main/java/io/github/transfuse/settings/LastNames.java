package io.github.transfuse.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Paths without the folders that lead to them, which often carry the names of people. */
public final class LastNames {
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]+");

    private LastNames() {}

    /** A text in which a path occurs, with what is recorded of the path in its place. */
    public static String within(String text, Path path) {
        return text.replace(path.toString(), of(path.toString()));
    }

    /**
     * What results record of a path: of a folder its name, of a file or a pattern its name and that of its folder.
     *
     * @param path of this or another system; what has no folders stays as it is
     */
    public static String of(String path) {
        List<String> names = SEPARATORS
                .splitAsStream(path.strip())
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            return path;
        }
        String last = names.get(names.size() - 1);
        boolean file = last.contains(".") || last.contains("*");
        String folder = file && names.size() > 1 ? names.get(names.size() - 2) : "";
        boolean known = !folder.isEmpty() && !folder.matches("[A-Za-z]:");
        return known ? folder + "/" + last : last;
    }
}
