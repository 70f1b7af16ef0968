package io.github.transfuse.image;

import java.util.List;
import java.util.function.Function;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.NativeTypeFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** Images over arrays of planes, which are not copied. */
final class PlaneImages {
    private PlaneImages() {}

    /**
     * An image.
     *
     * @param planes arrays of bytes, shorts or floats, all of one kind, in the order of the dimensions after the second
     * @param signed whether bytes and shorts are signed
     */
    static RandomAccessibleInterval<? extends RealType<?>> of(List<Object> planes, boolean signed, long... size) {
        if (planes.get(0) instanceof byte[]) {
            Function<Object, ByteArray> access = plane -> new ByteArray((byte[]) plane);
            return signed
                    ? over(planes, new ByteType(), access, size)
                    : over(planes, new UnsignedByteType(), access, size);
        }
        if (planes.get(0) instanceof short[]) {
            Function<Object, ShortArray> access = plane -> new ShortArray((short[]) plane);
            return signed
                    ? over(planes, new ShortType(), access, size)
                    : over(planes, new UnsignedShortType(), access, size);
        }
        return over(planes, new FloatType(), plane -> new FloatArray((float[]) plane), size);
    }

    private static <T extends NativeType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> over(
            List<Object> planes, T type, Function<Object, A> access, long... size) {
        return planar(planes.stream().map(access).toList(), type, size);
    }

    /** An image over planes that may be loaded when they are asked for. */
    static <T extends NativeType<T>, A extends ArrayDataAccess<A>> PlanarImg<T, A> planar(
            List<A> planes, T type, long... size) {
        @SuppressWarnings("unchecked")
        // The access of a native type is the array of its own kind, which the callers pair
        var factory = (NativeTypeFactory<T, ? super A>) type.getNativeTypeFactory();
        PlanarImg<T, A> image = new PlanarImg<>(planes, size, type.getEntitiesPerPixel());
        image.setLinkedType(factory.createLinkedType(image));
        return image;
    }
}
