package io.github.transfuse.segmentation;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What belongs to one object, and how large it is: in planes 4 or 8 neighbours and pixels; through the slices of a stack
 * 6, 18 or 26 neighbours and, where the image is calibrated, a volume.
 *
 * @param axes of an object: 2 or 3
 * @param connectivity which pixels touch
 * @param pixel size of a pixel or voxel in {@code unit}
 * @param unit such as {@code mm^3}; {@code px} for pixels and voxels
 */
public record ObjectRules(int axes, Connectivity connectivity, double pixel, String unit) {
    /** Sizes of pixels and voxels that are not calibrated. */
    static final String PIXELS = "px";

    /**
     * As asked for; through the slices where nothing is.
     *
     * @param image x, y and, if there are slices, z
     * @throws UnsupportedImageException if objects shall reach through slices that are not there
     */
    public static ObjectRules of(CalibratedImage image, Settings settings) throws UnsupportedImageException {
        boolean stack = image.dimension(Axis.Kind.Z).isPresent();
        Optional<Integer> asked = settings.get(Keys.CONNECTIVITY);
        int neighbours = asked.orElse(stack ? 26 : 8);
        int axes = neighbours == 4 || neighbours == 8 ? 2 : 3;
        if (axes == 3 && !stack) {
            throw new UnsupportedImageException(
                    image.name(),
                    "connectivity=" + neighbours + " is for stacks, but it has no slices along z",
                    "Use connectivity=4 or 8, or auto.");
        }
        Connectivity connectivity = Connectivity.of(neighbours);
        return axes == 2
                ? new ObjectRules(2, connectivity, 1, PIXELS)
                : volumes(image.channelsLast().axes(), connectivity);
    }

    /** Which slices are meant, where these are not those of the file. */
    public Optional<String> note(NetworkParts planes) {
        boolean stack = planes.image().dimension(Axis.Kind.Z).isPresent();
        return axes == 2 && stack && planes.orientation().changesSlices()
                ? Optional.of("Objects are found and counted in slices along the axes of the model, not in those of the"
                        + " file: leave connectivity at auto, and they reach through all slices.")
                : Optional.empty();
    }

    private static ObjectRules volumes(List<Axis> axes, Connectivity connectivity) {
        double volume = Lengths.pixel(axes.subList(0, 3));
        return volume > 0
                ? new ObjectRules(3, connectivity, volume, axes.get(0).unit() + "^3")
                : new ObjectRules(3, connectivity, 1, PIXELS);
    }
}
