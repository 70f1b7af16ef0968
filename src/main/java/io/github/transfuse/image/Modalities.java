package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Files of volumes do not say whether their fourth axis is time, or channels such as the T1 and T2 of one scan. It is read
 * as time; what belongs to the volume tells that it is channels.
 */
public final class Modalities {
    private Modalities() {}

    /**
     * For a model: as many volumes as it has channels are its channels.
     *
     * @param image as it was read
     * @param channels of the model
     * @return the same image, or with channels instead of times, which a note tells
     */
    public static CalibratedImage of(CalibratedImage image, int channels) {
        boolean fits = channels > 1 && mayBeChannels(image) && image.size(Axis.Kind.TIME) == channels;
        return fits ? channels(image, "the model has as many channels") : image;
    }

    /** Whether the volumes of a file may be channels. */
    public static boolean mayBeChannels(CalibratedImage image) {
        return image.placement().isPresent()
                && image.dimension(Axis.Kind.CHANNEL).isEmpty()
                && image.size(Axis.Kind.TIME) > 1;
    }

    /**
     * For a training: volumes with one mask for all of them are channels.
     *
     * @param image as it was read
     * @param mask of the image
     * @return the same image, or with channels instead of times, which a note tells
     */
    public static CalibratedImage of(CalibratedImage image, CalibratedImage mask) {
        boolean one = mayBeChannels(image) && mask.size(Axis.Kind.TIME) == 1;
        return one ? channels(image, "they have one mask") : image;
    }

    private static CalibratedImage channels(CalibratedImage image, String why) {
        OptionalInt time = image.dimension(Axis.Kind.TIME);
        List<Axis> axes = new ArrayList<>(image.axes());
        axes.set(time.orElseThrow(), Axis.of(Axis.Kind.CHANNEL));
        return new CalibratedImage(image.name(), image.pixels(), axes, false, image.notes())
                .withPlacement(image.placement())
                .withNote("The " + image.size(Axis.Kind.TIME) + " volumes of " + image.name()
                        + " are taken as channels, because " + why + ".");
    }
}
