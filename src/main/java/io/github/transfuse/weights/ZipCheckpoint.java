package io.github.transfuse.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Storages of a checkpoint in the zip layout: {@code <top>/data.pkl} and {@code <top>/data/<key>}. */
final class ZipCheckpoint implements Checkpoint.Storages {
    private static final String TABLE = "data.pkl";
    private static final String AGAIN = "Download or export the file again.";

    private final Path file;
    private final String top;

    private ZipCheckpoint(Path file, String top) {
        this.file = file;
        this.top = top;
    }

    static Checkpoint read(Path file) throws IOException {
        try (ZipFile zip = open(file)) {
            ZipEntry table = table(file, zip);
            String top = table.getName().substring(0, table.getName().length() - TABLE.length());
            checkByteOrder(file, zip, top);
            try (InputStream in = new BufferedInputStream(zip.getInputStream(table))) {
                Object root = new PickleReader(new PickleInput(file, in)).read();
                return new Checkpoint(root, new ZipCheckpoint(file, top));
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
        ZipEntry entry = zip.getEntry(top + "data/" + key);
        if (entry == null) {
            throw new ModelFormatException(file, "its storage '" + key + "' is missing", AGAIN);
        }
        return entry;
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new ModelFormatException(
                    file + ": it is a truncated or damaged zip archive (" + e.getMessage() + "). " + AGAIN, e);
        }
    }

    private static ZipEntry table(Path file, ZipFile zip) throws ModelFormatException {
        return zip.stream()
                .filter(entry -> entry.getName().matches("([^/]+/)?data\\.pkl"))
                .findFirst()
                .orElseThrow(() -> new ModelFormatException(
                        file,
                        "it is a zip archive without " + TABLE + ", so no PyTorch checkpoint",
                        "Choose the .pth file itself, unpacked if it came in an archive."));
    }

    private static void checkByteOrder(Path file, ZipFile zip, String top) throws IOException {
        ZipEntry entry = zip.getEntry(top + "byteorder");
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String order = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw LegacyCheckpoint.wrongByteOrder(file, order + "-endian");
            }
        }
    }
}
