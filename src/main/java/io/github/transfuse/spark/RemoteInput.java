package io.github.transfuse.spark;

import io.github.transfuse.batch.InputFile;
import io.github.transfuse.settings.SettingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that an input in a {@link RemoteFolder} names. Empty files on this computer have their names, so that the rules by
 * which images are found are those of a disk.
 *
 * @param root folder of all files
 * @param mirror folder on this computer
 * @param pattern what is asked for, in the mirror
 * @param bytes of the files, by their names below the root
 */
record RemoteInput(RemoteFolder root, Path mirror, String pattern, Map<String, Long> bytes) {
    private static final Pattern WILDCARD = Pattern.compile("([^*?\\[{]*)/([^/]*[*?\\[{].*)");

    /**
     * Looks for the files.
     *
     * @param input a file, a folder or a pattern
     * @param recursive whether folders within the folder are looked into
     * @param here an empty folder
     * @throws SettingException if there is no such file or folder
     */
    static RemoteInput find(String input, boolean recursive, Path here) throws IOException {
        Matcher wildcard = WILDCARD.matcher(input);
        try {
            if (wildcard.matches()) {
                RemoteFolder root = RemoteFolder.of(wildcard.group(1));
                String rest = wildcard.group(2);
                boolean deep = recursive || rest.contains("/") || rest.contains("**");
                return mirrored(root, here.resolve(root.lastName()), rest, deep);
            }
            RemoteFolder place = RemoteFolder.of(input);
            return place.isFolder()
                    ? mirrored(place, here.resolve(place.lastName()), "", recursive)
                    : single(place, here);
        } catch (FileNotFoundException e) {
            throw new SettingException("input = '" + input + "' does not exist. Check the name.");
        }
    }

    private static RemoteInput mirrored(RemoteFolder root, Path mirror, String pattern, boolean deep)
            throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        Files.createDirectories(mirror);
        for (RemoteFolder.Entry entry : root.list(deep)) {
            Path at = mirror.resolve(entry.name());
            if (entry.folder()) {
                Files.createDirectories(at);
            } else {
                Files.createDirectories(at.getParent());
                Files.createFile(at);
                bytes.put(entry.name(), entry.bytes());
            }
        }
        String asked = pattern.isEmpty() ? mirror.toString() : mirror + "/" + pattern;
        return new RemoteInput(root, mirror, asked, bytes);
    }

    /** One file is looked at before the work, so that it is all there. */
    private static RemoteInput single(RemoteFolder file, Path here) throws IOException {
        String uri = file.uri();
        RemoteFolder root = RemoteFolder.of(uri.substring(0, uri.lastIndexOf('/')));
        String name = root.name(uri);
        Path at = here.resolve(name);
        root.fetch(name, at);
        return new RemoteInput(root, here, at.toString(), Map.of(name, Files.size(at)));
    }

    /** A file of the mirror, where it truly is. */
    ImageTask.Image image(InputFile file) {
        String name = mirror.relativize(file.path()).toString().replace('\\', '/');
        return new ImageTask.Image(root.place(name), file.folder().toString(), bytes.getOrDefault(name, 0L));
    }
}
