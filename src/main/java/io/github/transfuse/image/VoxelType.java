package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;
import net.imglib2.img.basictypeaccess.nio.DoubleBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.IntBufferAccess;
import net.imglib2.img.basictypeaccess.nio.LongBufferAccess;
import net.imglib2.img.basictypeaccess.nio.ShortBufferAccess;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

/** Types of the voxels in files of volumes, with their code in NIfTI and their names in NRRD. */
enum VoxelType {
    UINT8(1, 2, "unsigned char", "uchar", "uint8", "uint8_t"),
    INT8(1, 256, "signed char", "int8", "int8_t"),
    UINT16(2, 512, "unsigned short", "ushort", "unsigned short int", "uint16", "uint16_t"),
    INT16(2, 4, "short", "short int", "signed short", "signed short int", "int16", "int16_t"),
    UINT32(4, 768, "unsigned int", "uint", "uint32", "uint32_t"),
    INT32(4, 8, "int", "signed int", "int32", "int32_t"),
    UINT64(8, 1280, "unsigned long long", "unsigned long long int", "ulonglong", "uint64", "uint64_t"),
    INT64(
            8,
            1024,
            "long long",
            "long long int",
            "signed long long",
            "signed long long int",
            "longlong",
            "int64",
            "int64_t"),
    FLOAT32(4, 16, "float"),
    FLOAT64(8, 64, "double");

    private final int bytes;
    private final int nifti;
    private final String nrrd;
    /** Between bars, so that an enum holds nothing that could change. */
    private final String names;

    VoxelType(int bytes, int nifti, String... names) {
        this.bytes = bytes;
        this.nifti = nifti;
        this.nrrd = names[0];
        this.names = "|" + String.join("|", names) + "|";
    }

    static Optional<VoxelType> ofNifti(int code) {
        return Arrays.stream(values()).filter(type -> type.nifti == code).findFirst();
    }

    static Optional<VoxelType> ofNrrd(String name) {
        return Arrays.stream(values())
                .filter(type -> type.names.contains("|" + name + "|"))
                .findFirst();
    }

    int bytes() {
        return bytes;
    }

    int nifti() {
        return nifti;
    }

    String nrrd() {
        return nrrd;
    }

    /** Puts one value; of the types that results have. */
    void put(ByteBuffer target, RealType<?> value) {
        switch (this) {
            case UINT8 -> target.put((byte) value.getRealDouble());
            case UINT16 -> target.putShort((short) (int) value.getRealDouble());
            case INT32 -> target.putInt((int) value.getRealDouble());
            case UINT32 -> target.putInt((int) (long) value.getRealDouble());
            case FLOAT32 -> target.putFloat(value.getRealFloat());
            default -> throw new IllegalArgumentException("Results do not have voxels of type " + this + ".");
        }
    }

    /** Makes an image of some type over bytes. */
    interface Maker {
        /**
         * The image.
         *
         * @param access makes a buffer of bytes one of pixels
         */
        <T extends NativeType<T> & RealType<T>, A extends DataAccess> RandomAccessibleInterval<T> make(
                T type, Function<ByteBuffer, A> access) throws IOException;
    }

    /** An image over bytes. */
    RandomAccessibleInterval<? extends RealType<?>> image(BlockImages.Blocks blocks, long... size) throws IOException {
        return image(new Maker() {
            @Override
            public <T extends NativeType<T> & RealType<T>, A extends DataAccess> RandomAccessibleInterval<T> make(
                    T type, Function<ByteBuffer, A> access) throws IOException {
                return BlockImages.of(type, access, blocks, size);
            }
        });
    }

    /** An image as {@code maker} makes it. */
    RandomAccessibleInterval<? extends RealType<?>> image(Maker maker) throws IOException {
        return switch (this) {
            case UINT8 -> ofBytes(new UnsignedByteType(), maker);
            case INT8 -> ofBytes(new ByteType(), maker);
            case UINT16 -> ofShorts(new UnsignedShortType(), maker);
            case INT16 -> ofShorts(new ShortType(), maker);
            case UINT32 -> ofInts(new UnsignedIntType(), maker);
            case INT32 -> ofInts(new IntType(), maker);
            case UINT64 -> ofLongs(new UnsignedLongType(), maker);
            case INT64 -> ofLongs(new LongType(), maker);
            case FLOAT32 -> maker.make(new FloatType(), b -> new FloatBufferAccess(b.asFloatBuffer(), true));
            case FLOAT64 -> maker.make(new DoubleType(), b -> new DoubleBufferAccess(b.asDoubleBuffer(), true));
        };
    }

    private static <T extends NativeType<T> & RealType<T>> RandomAccessibleInterval<T> ofBytes(T type, Maker maker)
            throws IOException {
        return maker.make(type, b -> new ByteBufferAccess(b, true));
    }

    private static <T extends NativeType<T> & RealType<T>> RandomAccessibleInterval<T> ofShorts(T type, Maker maker)
            throws IOException {
        return maker.make(type, b -> new ShortBufferAccess(b.asShortBuffer(), true));
    }

    private static <T extends NativeType<T> & RealType<T>> RandomAccessibleInterval<T> ofInts(T type, Maker maker)
            throws IOException {
        return maker.make(type, b -> new IntBufferAccess(b.asIntBuffer(), true));
    }

    private static <T extends NativeType<T> & RealType<T>> RandomAccessibleInterval<T> ofLongs(T type, Maker maker)
            throws IOException {
        return maker.make(type, b -> new LongBufferAccess(b.asLongBuffer(), true));
    }
}
