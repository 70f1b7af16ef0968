package io.github.transfuse.training;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.settings.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * What training images are like as volumes; lists are in the order z, y, x.
 *
 * @param size median, in voxels
 * @param spacing median distance of voxels in {@code unit}; 1 where nothing is known
 * @param unit of the first image
 * @param lowest median of the smallest stored values; 0 for images without slices
 * @param odd sentences about volumes that differ from the others
 */
record VolumeSurvey(List<Integer> size, List<Double> spacing, String unit, double lowest, List<String> odd) {

    private static final List<Axis.Kind> AXES = List.of(Axis.Kind.Z, Axis.Kind.Y, Axis.Kind.X);

    /** Volumes that are like each other. */
    VolumeSurvey(List<Integer> size, List<Double> spacing, String unit, double lowest) {
        this(size, spacing, unit, lowest, List.of());
    }

    /** Whether the distances are lengths. */
    boolean calibrated() {
        return !unit.startsWith(Axis.UNCALIBRATED);
    }

    /** Whether the images have slices. */
    boolean deep() {
        return size.get(0) > 1;
    }

    /** The size of a voxel in words, along x, y and z. */
    String voxel() {
        return calibrated() ? OddVolumes.text(spacing) + " " + unit : "unknown size";
    }

    /** The smallest stored value; 0 for images without slices, which are not asked: a look at all values takes long. */
    static double lowest(CalibratedImage image) {
        if (image.dimension(Axis.Kind.Z).isEmpty()) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (RealType<?> value : IterableRandomAccessibleInterval.create(image.pixels())) {
            least = Math.min(least, value.getRealDouble());
        }
        return least;
    }

    /** Collects images one after the other. */
    static final class Collector {
        private final List<List<Double>> sizes = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<List<Double>> spacings = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<Double> lowest = new ArrayList<>();
        private final OddVolumes odd = new OddVolumes();
        private String unit = "";

        /** Adds an image under the name that it has in messages. */
        void add(String name, CalibratedImage image, double lowestValue) {
            String known = image.axes().stream()
                    .filter(Axis::isCalibrated)
                    .map(Axis::unit)
                    .findFirst()
                    .orElse(Axis.UNCALIBRATED);
            unit = unit.isEmpty() ? known : unit;
            for (int i = 0; i < AXES.size(); i++) {
                OptionalInt dimension = image.dimension(AXES.get(i));
                sizes.get(i).add((double) image.size(AXES.get(i)));
                spacings.get(i)
                        .add(
                                dimension.isPresent()
                                        ? Lengths.spacing(image.axes().get(dimension.getAsInt()), unit)
                                                .orElse(1)
                                        : 1.0);
            }
            lowest.add(lowestValue);
            odd.add(name, image, unit);
        }

        VolumeSurvey medians() {
            return new VolumeSurvey(
                    sizes.stream().map(Numbers::median).map(Double::intValue).toList(),
                    spacings.stream().map(Numbers::median).toList(),
                    unit,
                    Numbers.median(lowest),
                    odd.sentences());
        }
    }
}
