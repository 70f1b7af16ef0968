package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Files that cannot be unpacked. The message says how much room they need, and how much there is; not where else. */
public final class UnpackingException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final double MEGABYTE = 1e6;

    private UnpackingException(String message, IOException cause) {
        super(message, cause);
    }

    static UnpackingException of(Path cache, List<UnpackedFile> files, IOException cause) {
        long bytes = files.stream().mapToLong(UnpackedFile::size).sum();
        return new UnpackingException(
                String.format(
                        Locale.ROOT,
                        "%s cannot hold the unpacked libraries (%s). They need %.0f MB%s.",
                        cache,
                        reason(cause),
                        Math.ceil(bytes / MEGABYTE),
                        free(cache)),
                cause);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission to write " + e.getMessage();
        }
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.getMessage();
    }

    private static String free(Path cache) {
        try {
            return String.format(
                    Locale.ROOT,
                    "; %.0f MB are free there",
                    Math.floor(Files.getFileStore(cache).getUsableSpace() / MEGABYTE));
        } catch (IOException e) {
            return "";
        }
    }
}
