package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Parts;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Where the classes and probabilities of one part go.
 *
 * @param classes of pixels
 * @param probabilities with the class as last axis, where they are wanted or needed
 */
record Target(
        RandomAccessibleInterval<UnsignedByteType> classes,
        Optional<RandomAccessibleInterval<FloatType>> probabilities) {

    /** A smaller part. */
    Target part(Parts inner, long plane) {
        return new Target(inner.part(classes, plane), probabilities.map(image -> inner.part(image, plane)));
    }

    /** What is not computed may hold the results of the part before. */
    void clear() {
        LoopBuilder.setImages(classes).forEachPixel(UnsignedByteType::setZero);
        probabilities.ifPresent(image -> LoopBuilder.setImages(image).forEachPixel(FloatType::setZero));
    }
}
