package io.github.transfuse.engine;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the plugin's own classes come from, and what lies around them. */
final class OwnCode {
    private OwnCode() {}

    /** The jar or folder of the plugin's classes. */
    static Optional<URL> location() {
        CodeSource source = OwnCode.class.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation);
    }

    /**
     * Folders near the plugin's jar: its own, and those beside it, where QuPath's extension manager puts what an
     * extension requires.
     */
    static List<Path> neighbours() {
        return location().map(OwnCode::neighbours).orElse(List.of());
    }

    private static List<Path> neighbours(URL location) {
        List<Path> folders = new ArrayList<>();
        try {
            Path jar = Path.of(location.toURI());
            if (Files.isRegularFile(jar)) {
                Path folder = jar.toAbsolutePath().getParent();
                folders.add(folder);
                folders.addAll(dependencyFolders(folder));
            }
        } catch (URISyntaxException | IllegalArgumentException | IOException e) {
            // not a file of this computer: nothing lies beside it
            return List.of();
        }
        return folders;
    }

    private static List<Path> dependencyFolders(Path folder) throws IOException {
        if (folder.getParent() == null) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(folder.getParent())) {
            return siblings.filter(sibling -> sibling.getFileName().toString().endsWith("-dependencies"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }
}
