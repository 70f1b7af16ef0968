package io.github.transfuse.image;

import io.airlift.compress.bzip2.BZip2HadoopStreams;
import io.github.transfuse.files.TemporaryFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The voxels in a file. They are read into memory while there is plenty; else the file, or what it holds unpacked, is
 * mapped. Their number must be the one that the header says.
 *
 * @param file for messages; that of the header
 * @param source with the voxels
 * @param offset of the first voxel; in the unpacked bytes if the whole file is packed
 * @param packing of the file
 * @param order of the bytes of a voxel
 * @param notes to which bytes behind the last voxel are told; empty: they are refused
 */
record VoxelFile(Path file, Path source, long offset, Packing packing, ByteOrder order, Optional<List<String>> notes) {
    private static final int BUFFER = 1 << 16;

    /** Bytes that a byte packed by gzip can become at most. */
    private static final int EXPANSION = 1040;

    /**
     * What is compressed.
     *
     * @param file whether the whole file is, by gzip
     * @param voxels how what follows {@code offset} is
     */
    record Packing(boolean file, Coding voxels) {
        static final Packing NONE = new Packing(false, Coding.RAW);

        /** The whole file, by gzip, or nothing. */
        static Packing ofFile(boolean packed) {
            return new Packing(packed, Coding.RAW);
        }
    }

    /** How voxels are stored. */
    enum Coding {
        /** As they are. */
        RAW,
        /** By gzip. */
        GZIP,
        /** As gzip without its header. */
        ZLIB,
        /** By bzip2. */
        BZIP2,
        /** As words with spaces between them. */
        TEXT
    }

    /** A file that ends with its last voxel. */
    static VoxelFile exact(Path file, Path source, long offset, Packing packing, ByteOrder order) {
        return new VoxelFile(file, source, offset, packing, order, Optional.empty());
    }

    /**
     * Reads the voxels.
     *
     * @throws UnsupportedImageException if there are more or fewer bytes than the voxels need, or they cannot be unpacked
     */
    RandomAccessibleInterval<? extends RealType<?>> read(VoxelType type, long... size) throws IOException {
        long bytes = bytes(type, size);
        if (packing.equals(Packing.NONE)) {
            requireLength(Files.size(source) - offset, bytes);
            return isLarge(bytes) ? mapped(source, offset, type, size) : streamed(type, size);
        }
        if (packing.voxels == Coding.TEXT) {
            try (InputStream in = open()) {
                return new VoxelText(in, type, order).read(size);
            } catch (EOFException | ZipException e) {
                throw damaged(e);
            }
        }
        boolean far = packing.voxels == Coding.BZIP2; // a byte can become very many
        if (!far && bytes / EXPANSION > Files.size(source)) {
            throw damaged(new IOException("its voxels need " + bytes + " bytes, which it cannot hold"));
        }
        return isLarge(bytes) ? unpacked(bytes, type, size) : streamed(type, size);
    }

    private long bytes(VoxelType type, long... size) throws UnsupportedImageException {
        try {
            return Arrays.stream(size).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new UnsupportedImageException(
                    file,
                    "its header says that it has " + Arrays.toString(size) + " voxels, which no file holds",
                    "Copy or export it again.",
                    e);
        }
    }

    private static boolean isLarge(long bytes) {
        return bytes > FreeHeap.bytes() / 2;
    }

    private RandomAccessibleInterval<? extends RealType<?>> streamed(VoxelType type, long... size) throws IOException {
        try (InputStream in = open()) {
            RandomAccessibleInterval<? extends RealType<?>> image =
                    type.image(bytes -> whole(in, Math.toIntExact(bytes)), size);
            requireEnd(in);
            return image;
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw packing.voxels == Coding.BZIP2 ? damaged(e) : e; // which has no words of its own for damage
        }
    }

    private ByteBuffer whole(InputStream in, int bytes) throws IOException {
        byte[] block = in.readNBytes(bytes);
        if (block.length < bytes) {
            throw new EOFException("it ends before its last voxel");
        }
        return ByteBuffer.wrap(block).order(order);
    }

    private void requireEnd(InputStream in) throws IOException {
        if (in.read() < 0) {
            return;
        }
        if (notes.isEmpty()) {
            throw new UnsupportedImageException(
                    file, "it holds more voxels than its header says", "Correct the header, or export it again.");
        }
        tellSurplus();
    }

    private void requireLength(long present, long needed) throws UnsupportedImageException {
        if (present > needed && notes.isPresent()) {
            tellSurplus();
        } else if (present != needed) {
            throw new UnsupportedImageException(
                    file,
                    "its header and its size disagree: the voxels need " + needed + " bytes, but there are "
                            + Math.max(0, present),
                    "Copy or export it again.");
        }
    }

    private RandomAccessibleInterval<? extends RealType<?>> unpacked(long bytes, VoxelType type, long... size)
            throws IOException {
        try (TemporaryFile temporary = TemporaryFile.make();
                InputStream in = open()) {
            temporary.write(in);
            requireLength(Files.size(temporary.path()), bytes);
            return mapped(temporary.path(), 0, type, size);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private RandomAccessibleInterval<? extends RealType<?>> mapped(Path from, long start, VoxelType type, long... size)
            throws IOException {
        long[] next = {start};
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            return type.image(
                    bytes -> {
                        ByteBuffer block = channel.map(FileChannel.MapMode.READ_ONLY, next[0], bytes);
                        next[0] += bytes;
                        return block.order(order);
                    },
                    size);
        }
    }

    /** The bytes from the first voxel on. */
    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(source), BUFFER);
        try {
            InputStream plain = packing.file ? new GZIPInputStream(raw, BUFFER) : raw;
            plain.skipNBytes(offset);
            return switch (packing.voxels) {
                case RAW, TEXT -> plain;
                case GZIP -> new GZIPInputStream(plain, BUFFER);
                case ZLIB -> new InflaterInputStream(plain);
                case BZIP2 -> new BZip2HadoopStreams().createInputStream(plain);
            };
        } catch (EOFException | ZipException e) {
            raw.close();
            throw damaged(e);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private void tellSurplus() {
        notes.orElseThrow().add("Behind the voxels of " + file.getFileName() + " more follows, which is passed over.");
    }

    private UnsupportedImageException damaged(IOException cause) {
        return new UnsupportedImageException(
                file,
                "the file is truncated or damaged (" + cause.getMessage() + ")",
                "Copy or export it again.",
                cause);
    }
}
