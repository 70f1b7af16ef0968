package io.github.transfuse.spark;

import io.github.transfuse.files.WholeFile;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.segmentation.BlockPrediction;
import io.github.transfuse.segmentation.PlaneBlock;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * What networks found in a part of an image, on a disk: three numbers of how it was computed, a byte of the class for each
 * pixel, and a float for each pixel and class, row by row. It has its name only when it is complete.
 *
 * @param path of the file
 * @param block that it is of
 */
record BlockFile(Path path, PlaneBlock block) {
    private static final int BUFFER_BYTES = 1 << 20;

    static BlockFile in(Path folder, PlaneBlock block) {
        return new BlockFile(folder.resolve(block.name()), block);
    }

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Writes it under a name of this attempt's own, and gives it its name at the end.
     *
     * @throws IOException if it cannot be written
     */
    void write(BlockPrediction.Found found) throws IOException {
        Path own = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID());
        try {
            WholeFile.write(own, stream -> {
                DataOutputStream out = new DataOutputStream(stream);
                out.writeLong(found.counts().tiles());
                out.writeDouble(found.counts().waitedSeconds());
                out.writeInt(found.counts().batchSize());
                writeBytes(found.classes(), out);
                if (found.probabilities().isPresent()) {
                    writeFloats(found.probabilities().get(), out);
                }
                out.flush();
            });
            WholeFile.rename(own, path);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private static void writeBytes(RandomAccessibleInterval<UnsignedByteType> image, DataOutputStream out)
            throws IOException {
        byte[] row = new byte[Math.toIntExact(image.dimension(0))];
        RandomAccess<UnsignedByteType> access = image.randomAccess();
        for (long r = 0; r < rows(image); r++) {
            moveTo(access, image, r);
            for (int x = 0; x < row.length; x++) {
                row[x] = access.get().getByte();
                access.fwd(0);
            }
            out.write(row);
        }
    }

    private static void writeFloats(RandomAccessibleInterval<FloatType> image, DataOutputStream out)
            throws IOException {
        ByteBuffer row = ByteBuffer.allocate(Math.toIntExact(image.dimension(0)) * Float.BYTES);
        RandomAccess<FloatType> access = image.randomAccess();
        for (long r = 0; r < rows(image); r++) {
            moveTo(access, image, r);
            for (row.clear(); row.hasRemaining(); access.fwd(0)) {
                row.putFloat(access.get().get());
            }
            out.write(row.array());
        }
    }

    /** How it was computed. */
    Inference.Counts counts() throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
            return counts(in);
        }
    }

    private static Inference.Counts counts(DataInputStream in) throws IOException {
        long tiles = in.readLong();
        double waited = in.readDouble();
        return new Inference.Counts(tiles, waited, in.readInt());
    }

    /** Copies what was found to its place in a plane, or volume. */
    void copy(
            RandomAccessibleInterval<UnsignedByteType> classes,
            Optional<RandomAccessibleInterval<FloatType>> probabilities)
            throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES))) {
            counts(in);
            readBytes(in, part(classes));
            if (probabilities.isPresent()) {
                readFloats(in, part(probabilities.get()));
            }
        }
    }

    private <T> RandomAccessibleInterval<T> part(RandomAccessibleInterval<T> image) {
        long[] min = image.minAsLongArray();
        long[] max = image.maxAsLongArray();
        for (int d = 0; d < block.min().length; d++) {
            max[d] = min[d] + block.max()[d] - 1;
            min[d] += block.min()[d];
        }
        return Views.zeroMin(Views.interval(image, min, max));
    }

    private static void readBytes(DataInputStream in, RandomAccessibleInterval<UnsignedByteType> image)
            throws IOException {
        byte[] row = new byte[Math.toIntExact(image.dimension(0))];
        RandomAccess<UnsignedByteType> access = image.randomAccess();
        for (long r = 0; r < rows(image); r++) {
            in.readFully(row);
            moveTo(access, image, r);
            for (byte value : row) {
                access.get().setByte(value);
                access.fwd(0);
            }
        }
    }

    private static void readFloats(DataInputStream in, RandomAccessibleInterval<FloatType> image) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(Math.toIntExact(image.dimension(0)) * Float.BYTES);
        RandomAccess<FloatType> access = image.randomAccess();
        for (long r = 0; r < rows(image); r++) {
            in.readFully(row.array());
            moveTo(access, image, r);
            for (row.clear(); row.hasRemaining(); access.fwd(0)) {
                access.get().set(row.getFloat());
            }
        }
    }

    private static long rows(RandomAccessibleInterval<?> image) {
        long rows = 1;
        for (int d = 1; d < image.numDimensions(); d++) {
            rows *= image.dimension(d);
        }
        return rows;
    }

    private static void moveTo(RandomAccess<?> access, RandomAccessibleInterval<?> image, long row) {
        access.setPosition(0, 0);
        long rest = row;
        for (int d = 1; d < image.numDimensions(); d++) {
            access.setPosition(rest % image.dimension(d), d);
            rest /= image.dimension(d);
        }
    }
}
