package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Inference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What networks found in an image, when they were asked elsewhere: labels are made of it as if they had been asked here.
 *
 * @param source of classes and probabilities
 * @param counts of all networks
 * @param seconds that it took
 * @param notes that were told when the image was prepared, in their order
 */
public record KnownPlanes(Source source, Inference.Counts counts, double seconds, List<String> notes) {
    /** Copies the list. */
    public KnownPlanes {
        notes = List.copyOf(notes);
    }

    /** Where classes and probabilities are. */
    @FunctionalInterface
    public interface Source {
        /**
         * Copies those of a plane, or volume, before objects are looked for and anything is cleaned.
         *
         * @param plane number, as of a {@link PlaneBlock}
         * @param classes receives all classes of the plane
         * @param probabilities receives all probabilities, the class as last axis, if they are needed
         * @throws IOException if something is missing or cannot be read
         */
        void copy(
                long plane,
                RandomAccessibleInterval<UnsignedByteType> classes,
                Optional<RandomAccessibleInterval<FloatType>> probabilities)
                throws IOException;
    }
}
