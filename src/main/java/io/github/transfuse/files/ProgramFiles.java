package io.github.transfuse.files;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** The jars that this program runs from. */
public final class ProgramFiles {
    private ProgramFiles() {}

    /** Our own jar and those beside it, sorted; none if classes are run without a jar. */
    public static List<String> jars() {
        CodeSource source = ProgramFiles.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return List.of();
        }
        try {
            return jarsBeside(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | IOException e) {
            return List.of();
        }
    }

    static List<String> jarsBeside(Path own) throws IOException {
        if (!Files.isRegularFile(own)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(own.toAbsolutePath().getParent())) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
