package io.github.transfuse.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Storages of a checkpoint in the zip layout: {@code <top>/data.pkl} and {@code <top>/data/<key>}. */
final class ZipCheckpoint implements Unpickled.Storages {
    private static final String TABLE = "data.pkl";
    private static final String AGAIN = "Download or export the file again.";

    private final Path file;
    private final String top;

    private ZipCheckpoint(Path file, String top) {
        this.file = file;
        this.top = top;
    }

    static Unpickled read(Path file) throws IOException {
        try (ZipFile zip = open(file)) {
            ZipEntry table = table(file, zip);
            String top = table.getName().substring(0, table.getName().length() - TABLE.length());
            checkByteOrder(file, zip, top);
            try (InputStream in = new BufferedInputStream(zip.getInputStream(table))) {
                Object root = new PickleReader(new PickleInput(file, in)).read();
                return new Unpickled(root, new ZipCheckpoint(file, top));
            }
        }
    }

    @Override
    public long bytes(String key) throws IOException {
        try (ZipFile zip = open(file)) {
            return entry(zip, key).getSize();
        }
    }

    @Override
    public ByteBuffer read(String key, long from, int count) throws IOException {
        try (ZipFile zip = open(file);
                InputStream in = zip.getInputStream(entry(zip, key))) {
            in.skipNBytes(from);
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new ModelFormatException(file, "its storage '" + key + "' is truncated", AGAIN);
            }
            return ByteBuffer.wrap(bytes);
        }
    }

    private ZipEntry entry(ZipFile zip, String key) throws ModelFormatException {
        return find(file, zip, top + "data/" + key)
                .orElseThrow(() -> new ModelFormatException(file, "its storage '" + key + "' is missing", AGAIN));
    }

    private static Optional<ZipEntry> find(Path file, ZipFile zip, String name) throws ModelFormatException {
        try {
            return Optional.ofNullable(zip.getEntry(name));
        } catch (IllegalArgumentException e) {
            // So the JDK tells of a name in the file that is not UTF-8
            throw damaged(file, e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged(file, e);
        }
    }

    private static ModelFormatException damaged(Path file, Exception cause) {
        return new ModelFormatException(
                file + ": it is a truncated or damaged zip archive (" + cause.getMessage() + "). " + AGAIN, cause);
    }

    private static ZipEntry table(Path file, ZipFile zip) throws ModelFormatException {
        Optional<? extends ZipEntry> table;
        try {
            table = zip.stream()
                    .filter(entry -> entry.getName().matches("([^/]+/)?data\\.pkl"))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            // As in find
            throw damaged(file, e);
        }
        return table.orElseThrow(() -> new ModelFormatException(
                file,
                "it is a zip archive without " + TABLE + ", so no PyTorch checkpoint",
                "Choose the .pth file itself, unpacked if it came in an archive."));
    }

    private static void checkByteOrder(Path file, ZipFile zip, String top) throws IOException {
        Optional<ZipEntry> entry = find(file, zip, top + "byteorder");
        if (entry.isEmpty()) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry.get())) {
            String order = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw LegacyCheckpoint.wrongByteOrder(file, order + "-endian");
            }
        }
    }
}
