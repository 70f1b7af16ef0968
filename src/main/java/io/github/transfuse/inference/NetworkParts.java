package io.github.transfuse.inference;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Orientation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An image as a network sees it, part by part: planes of x and y for networks of slices, volumes of x, y and z for those
 * that see volumes, be it as a whole or by planes along three axes. All further axes run over the parts; each part has
 * the channels as last axis.
 *
 * @param image along the axes of the model, in the order X, Y, Z, TIME, CHANNEL, with the channels that the model wants of an image
 * @param seen the image with all channels of the network: those of neighbouring slices too, if it sees them
 * @param normalization of the image's channels, fitted to all of it
 * @param pixelSize along the axes of a part, in the model's unit; empty if not known
 * @param spatial axes of a part: 2 or 3
 * @param orientation how the image was brought to the axes of the model
 */
public record NetworkParts(
        CalibratedImage image,
        CalibratedImage seen,
        FittedNormalization normalization,
        Optional<double[]> pixelSize,
        int spatial,
        Orientation orientation) {

    /** Axes of the result as the file lies: without the channel. */
    public List<Axis> resultAxes() {
        return orientation.back(image.axes().subList(0, image.axes().size() - 1));
    }

    /** Size of the result along the axes of the model: without the channel. */
    public long[] resultSize() {
        return Arrays.copyOf(
                image.pixels().dimensionsAsLongArray(), image.axes().size() - 1);
    }

    /** Size of a part. */
    long[] planeSize() {
        return parts(spatial).size();
    }

    /** The result taken apart in another way. */
    public Parts parts(int axes) {
        return new Parts(resultSize(), axes);
    }

    /** The numbers for all channels that the network sees. */
    public FittedNormalization seenNormalization() {
        long slices = seen.size(Axis.Kind.CHANNEL) / image.size(Axis.Kind.CHANNEL);
        return normalization.repeated(Math.toIntExact(slices));
    }
}
