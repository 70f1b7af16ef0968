package io.github.transfuse.image;

import ij.ImageStack;
import java.lang.ref.SoftReference;
import java.util.AbstractList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The planes of an ImageJ stack as ImgLib2 sees them. Nothing is copied; planes of a virtual stack are read when first
 * touched and may be forgotten again when memory runs short.
 */
final class PlaneList<A> extends AbstractList<A> {
    private final ImageStack stack;
    private final Function<Object, A> access;
    private final AtomicReferenceArray<SoftReference<A>> planes;

    /**
     * A list over a stack.
     *
     * @param access wraps an array of pixels
     */
    PlaneList(ImageStack stack, Function<Object, A> access) {
        this.stack = stack;
        this.access = access;
        planes = new AtomicReferenceArray<>(stack.getSize());
    }

    @Override
    public A get(int index) {
        SoftReference<A> known = planes.get(index);
        A plane = known == null ? null : known.get();
        if (plane == null) {
            plane = access.apply(pixels(index));
            planes.set(index, new SoftReference<>(plane));
        }
        return plane;
    }

    private Object pixels(int index) {
        // Virtual stacks are not made for several threads
        synchronized (stack) {
            return stack.getProcessor(index + 1).getPixels();
        }
    }

    @Override
    public int size() {
        return planes.length();
    }
}
