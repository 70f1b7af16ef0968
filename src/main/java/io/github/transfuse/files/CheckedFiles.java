package io.github.transfuse.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The note in a cache that says which files were found right, and how the disk described them then. On Linux and macOS
 * this includes the time of the last change of any kind, which no program can set: whatever is done to a file shows.
 */
final class CheckedFiles {
    private static final String NOTE = ".transfuse-checked";

    private final Path cache;
    private final Map<String, String> states;

    private CheckedFiles(Path cache, Map<String, String> states) {
        this.cache = cache;
        this.states = states;
    }

    /** The note of a cache; a missing or damaged one says nothing, so that everything is checked. */
    static CheckedFiles read(Path cache) {
        Map<String, String> states = new HashMap<>();
        try {
            for (String line : Files.readAllLines(cache.resolve(NOTE), StandardCharsets.UTF_8)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    states.put(line.substring(tab + 1), line.substring(0, tab));
                }
            }
        } catch (IOException e) {
            states.clear();
        }
        return new CheckedFiles(cache, states);
    }

    boolean holdAll(List<UnpackedFile> files) {
        return files.stream().allMatch(file -> holds(file) || file.isLinkWithin(cache));
    }

    /** Whether a file was found right and has not changed since. */
    boolean holds(UnpackedFile file) {
        return state(file).filter(state -> state.equals(states.get(name(file)))).isPresent();
    }

    private String name(UnpackedFile file) {
        return cache.relativize(file.target()).toString();
    }

    /** Notes files that are right. If that fails they are checked again at the next start. */
    void add(List<UnpackedFile> files) {
        states.keySet().removeIf(name -> !Files.exists(cache.resolve(name)));
        files.forEach(file -> state(file).ifPresent(state -> states.put(name(file), state)));
        List<String> lines = new ArrayList<>();
        states.forEach((name, state) -> lines.add(state + "\t" + name + "\n"));
        try {
            WholeFile.write(
                    cache.resolve(NOTE), out -> out.write(String.join("", lines).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return;
        }
    }

    /** How the jar and the disk describe a file; empty if it is missing, of another size, or a link. */
    private static Optional<String> state(UnpackedFile file) {
        try {
            Path target = file.target();
            BasicFileAttributes basic =
                    Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!basic.isRegularFile()
                    || basic.size() != file.size()
                    || basic.lastModifiedTime().toMillis() != file.modified()) {
                return Optional.empty();
            }
            return Optional.of(file.size() + " " + file.crc() + " " + basic.lastModifiedTime() + " " + change(target));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String change(Path target) throws IOException {
        if (target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(target, "unix:ctime,ino", LinkOption.NOFOLLOW_LINKS);
            return unix.get("ctime") + " " + unix.get("ino");
        }
        return Files.readAttributes(target, BasicFileAttributes.class).creationTime() + " -";
    }
}
