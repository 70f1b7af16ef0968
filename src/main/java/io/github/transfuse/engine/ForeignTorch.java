package io.github.transfuse.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises that another PyTorch is in this process: two of them exclude each other. */
final class ForeignTorch {
    private static final Path MAPS = Path.of("/proc/self/maps");

    private static final Pattern LIBRARY = Pattern.compile("(libtorch_cpu|libtorch|libc10)[^/]*\\.so[^/]*");

    private ForeignTorch() {}

    /** The file of a PyTorch library that is loaded already; known on Linux only. */
    static Optional<String> loaded() {
        return Files.isReadable(MAPS) ? loaded(MAPS) : Optional.empty();
    }

    static Optional<String> loaded(Path maps) {
        try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(file -> LIBRARY.matcher(file.substring(file.lastIndexOf('/') + 1))
                            .matches())
                    .findFirst();
        } catch (IOException e) {
            // only a diagnosis is lost: loading says for itself whether it works
            return Optional.empty();
        }
    }

    /** What to tell the user. */
    static String message(String file) {
        return "Another PyTorch is already loaded in this session (" + file + "), probably by InstanSeg, WSInfer or"
                + " another extension that uses Deep Java Library (DJL). Two cannot work in one process: restart QuPath"
                + " and run TransFuse first.";
    }
}
