package io.github.transfuse.image;

import io.github.transfuse.zarr.ZarrArray;
import io.github.transfuse.zarr.ZarrType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * The numbers of an array as an image, the first dimension fastest. All chunks are looked at once, so that a damaged one is
 * found before any work. While there is plenty of memory they stay in it; else they are unpacked again when they are needed.
 */
final class ZarrPixels {
    /** So many chunks may be missing for each file that is there. */
    private static final long SPARSEST = 1000;

    private final ZarrArray array;
    private final CellGrid grid;
    private final Map<Long, ByteBuffer> kept = new ConcurrentHashMap<>();
    private final Map<Long, SoftReference<ByteBuffer>> recent = new ConcurrentHashMap<>();
    private long missing;

    ZarrPixels(ZarrArray array) throws IOException {
        this.array = array;
        long[] shape = array.shape();
        int[] chunk = array.chunkShape();
        int n = shape.length;
        long[] size = new long[n];
        int[] cell = new int[n];
        long pixels = 1;
        for (int d = 0; d < n; d++) {
            cell[d] = chunk[n - 1 - d];
            // Whole chunks: what reaches beyond the end is cut off by a view
            size[d] = Math.multiplyExact((shape[n - 1 - d] - 1) / cell[d] + 1, (long) cell[d]);
            pixels = Math.multiplyExact(pixels, size[d]);
        }
        grid = new CellGrid(size, cell);
        check(pixels);
    }

    private void check(long pixels) throws IOException {
        long files = array.files();
        if (array.chunks() / SPARSEST > files) {
            throw new IOException("its array needs " + array.chunks() + " chunks, but there are " + files + " files");
        }
        boolean keep = pixels < FreeHeap.bytes() / 2 / Math.max(array.type().bytes(), Float.BYTES);
        ByteBuffer fill = null;
        for (long index = 0; index < array.chunks(); index++) {
            if (array.has(position(index))) {
                ByteBuffer chunk = load(index);
                if (keep) {
                    kept.put(index, chunk);
                }
            } else {
                missing++;
                fill = fill == null ? load(index) : fill;
                kept.put(index, fill);
            }
        }
        if (missing == array.chunks()) {
            throw new IOException("none of its chunks is there");
        }
    }

    /** Chunks that are not stored. */
    long missing() {
        return missing;
    }

    private long[] position(long index) {
        long[] position = new long[grid.numDimensions()];
        grid.getCellGridPositionFlat(index, position);
        int n = position.length;
        return LongStream.range(0, n).map(d -> position[n - 1 - (int) d]).toArray();
    }

    private ByteBuffer load(long index) throws IOException {
        byte[] bytes = array.chunk(position(index));
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (array.type() != ZarrType.FLOAT16) {
            return chunk;
        }
        ByteBuffer floats = ByteBuffer.allocate(2 * bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length; at += Short.BYTES) {
            floats.putFloat(TiffPlanes.half(chunk.getShort(at)));
        }
        return floats.flip();
    }

    private ByteBuffer chunk(long index) {
        ByteBuffer strong = kept.get(index);
        SoftReference<ByteBuffer> soft = recent.get(index);
        ByteBuffer chunk = strong != null || soft == null ? strong : soft.get();
        if (chunk == null) {
            try {
                chunk = load(index);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            recent.put(index, new SoftReference<>(chunk));
        }
        return chunk;
    }

    RandomAccessibleInterval<? extends RealType<?>> image() throws IOException {
        VoxelType type =
                switch (array.type()) {
                    case BOOL, UINT8 -> VoxelType.UINT8;
                    case FLOAT16 -> VoxelType.FLOAT32;
                    default -> VoxelType.valueOf(array.type().name());
                };
        long[] shape = array.shape();
        int n = shape.length;
        long[] min = new long[n];
        long[] max = LongStream.range(0, n).map(d -> shape[n - 1 - (int) d] - 1).toArray();
        return type.image(new VoxelType.Maker() {
            @Override
            public <T extends NativeType<T> & RealType<T>, A extends DataAccess> RandomAccessibleInterval<T> make(
                    T pixel, Function<ByteBuffer, A> access) {
                return Views.interval(lazy(pixel, access), min, max);
            }
        });
    }

    private <T extends NativeType<T>, A extends DataAccess> LazyCellImg<T, A> lazy(
            T type, Function<ByteBuffer, A> access) {
        return new LazyCellImg<>(grid, type, index -> {
            long[] min = new long[grid.numDimensions()];
            int[] extent = new int[min.length];
            grid.getCellDimensions(index, min, extent);
            return new Cell<>(extent, min, access.apply(chunk(index)));
        });
    }
}
