package io.github.transfuse.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds class files that name a package, as a type or inside a string: ArchUnit does not see string constants. */
final class NamesInCode {
    private NamesInCode() {}

    /**
     * Searches all class files below a folder.
     *
     * @param classes the root folder of class files
     * @param packageName a package, dotted
     * @return the class files, relative to the folder, that name the package or anything in it, sorted
     */
    static List<String> of(Path classes, String packageName) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> names(file, packageName))
                    .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static boolean names(Path file, String packageName) {
        try {
            // Names are ASCII, and ISO 8859-1 maps every byte to one character
            String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
            return constants.contains(packageName) || constants.contains(packageName.replace('.', '/'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
