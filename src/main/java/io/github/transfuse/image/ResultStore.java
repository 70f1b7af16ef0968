package io.github.transfuse.image;

import io.github.transfuse.files.TemporaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.Function;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.IntBufferAccess;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * Makes images for results: in memory while there is plenty, else in a temporary file that is mapped into memory, which
 * is told. Images may have more than 2^31 pixels.
 *
 * @param heapBytes largest image that is kept on the heap
 * @param notes told when a file is used instead
 */
public record ResultStore(long heapBytes, Consumer<String> notes) {
    private static final String WAY_OUT = "Make room there, name another folder with -Djava.io.tmpdir=FOLDER, or give"
            + " Java more memory with -Xmx.";

    /** Keeps an image on the heap if it needs less than half of what is free there. */
    public static ResultStore now(Consumer<String> notes) {
        return new ResultStore(FreeHeap.bytes() / 2, notes);
    }

    /**
     * An image of zeros.
     *
     * @throws IOException if it fits neither into memory nor into a temporary file
     */
    public Img<UnsignedByteType> bytes(long... size) throws IOException {
        return onHeap(size, Byte.BYTES)
                ? create(new UnsignedByteType(), size)
                : mapped(new UnsignedByteType(), b -> new ByteBufferAccess(b, true), size);
    }

    /**
     * An image of zeros.
     *
     * @throws IOException if it fits neither into memory nor into a temporary file
     */
    public Img<IntType> ints(long... size) throws IOException {
        return onHeap(size, Integer.BYTES)
                ? create(new IntType(), size)
                : mapped(new IntType(), b -> new IntBufferAccess(b.asIntBuffer(), true), size);
    }

    /**
     * An image of zeros.
     *
     * @throws IOException if it fits neither into memory nor into a temporary file
     */
    public Img<FloatType> floats(long... size) throws IOException {
        return onHeap(size, Float.BYTES)
                ? create(new FloatType(), size)
                : mapped(new FloatType(), b -> new FloatBufferAccess(b.asFloatBuffer(), true), size);
    }

    /** Whether so many numbers stay on the heap. */
    public boolean onHeap(long[] size, int bytes) {
        return (double) Intervals.numElements(size) * bytes <= heapBytes;
    }

    private static <T extends NativeType<T>> Img<T> create(T type, long... size) {
        if (Intervals.numElements(size) <= Integer.MAX_VALUE - 8) {
            return new ArrayImgFactory<>(type).create(size);
        }
        return new CellImgFactory<>(type, BlockImages.blockOf(size)).create(size);
    }

    private <T extends NativeType<T>, A extends DataAccess> Img<T> mapped(
            T type, Function<ByteBuffer, A> access, long... size) throws IOException {
        TemporaryFile file = TemporaryFile.make();
        Path path = file.path();
        notes.accept("The result is kept in the temporary file " + path + ", because the memory is too small for it.");
        long[] offset = new long[1];
        try (file;
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return BlockImages.of(
                    type,
                    access,
                    bytes -> {
                        ByteBuffer block = channel.map(FileChannel.MapMode.READ_WRITE, offset[0], bytes);
                        offset[0] += bytes;
                        return block.order(ByteOrder.nativeOrder());
                    },
                    size);
        } catch (IOException e) {
            throw new IOException(
                    "The result fits neither into memory nor into " + path.getParent() + " (" + e + "). " + WAY_OUT, e);
        }
    }
}
