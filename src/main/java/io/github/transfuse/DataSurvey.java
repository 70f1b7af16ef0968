package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.imglib2.type.numeric.RealType;

/**
 * What training images and masks look like: enough to propose settings that fit them.
 *
 * @param width median, in pixels
 * @param height median, in pixels
 * @param channels of the images
 * @param type what the values of masks mean; never AUTO
 * @param classes foreground classes: 1 for binary masks and instances
 * @param calibrated whether the first image knows the size of its pixels
 * @param volumes the images as volumes
 */
record DataSurvey(
        int width, int height, int channels, MaskType type, int classes, boolean calibrated, VolumeSurvey volumes) {
    /** Pairs that are looked at, spread evenly. */
    private static final int LOOKED_AT = 40;

    /** More values than these are hardly classes. */
    private static final int MOST_CLASSES = 20;

    private static final int LARGEST_CLASS = 255;

    /**
     * Looks at images and masks.
     *
     * @param asked type of the masks; AUTO: found out
     * @param ignored value of masks that is left out; -1: none
     * @throws SamplesException if the masks leave open what they mean
     */
    static DataSurvey of(List<Pair> pairs, MaskType asked, int ignored) throws IOException {
        List<Integer> widths = new ArrayList<>();
        List<Integer> heights = new ArrayList<>();
        TreeSet<Integer> values = new TreeSet<>();
        VolumeSurvey.Collector volumes = new VolumeSurvey.Collector();
        int channels = 1;
        boolean calibrated = false;
        int step = 1 + (pairs.size() - 1) / LOOKED_AT;
        for (int i = 0; i < pairs.size(); i += step) {
            CalibratedImage image = ImageFiles.read(pairs.get(i).image());
            calibrated |= i == 0 && image.axes().get(0).isCalibrated();
            volumes.add(image);
            widths.add((int) image.size(Axis.Kind.X));
            heights.add((int) image.size(Axis.Kind.Y));
            channels = Math.max(channels, (int) image.size(Axis.Kind.CHANNEL));
            collect(pairs.get(i).mask(), values);
        }
        values.remove(ignored);
        MaskType type = asked == MaskType.AUTO ? type(values, pairs.get(0).mask()) : asked;
        int classes = type == MaskType.CLASSES ? Math.max(1, values.last()) : 1;
        if (classes > LARGEST_CLASS) {
            throw new SamplesException("The masks hold the class " + classes + ", but classes go from 0 to "
                    + LARGEST_CLASS + ". If the values number objects, choose mask_type=instances.");
        }
        return new DataSurvey(median(widths), median(heights), channels, type, classes, calibrated, volumes.medians());
    }

    private static void collect(Path mask, TreeSet<Integer> values) throws IOException {
        for (RealType<?> value : ImageFiles.readLabels(mask).pixels()) {
            values.add((int) value.getRealDouble());
        }
    }

    private static MaskType type(TreeSet<Integer> values, Path example) {
        if (values.size() <= 2) {
            return MaskType.BINARY;
        }
        if (values.size() > MOST_CLASSES || values.last() > LARGEST_CLASS) {
            throw new SamplesException("The masks (such as " + example + ") hold " + values.size()
                    + " different values, up to " + values.last()
                    + ": choose mask_type=binary, classes or instances.");
        }
        return MaskType.CLASSES;
    }

    private static int median(List<Integer> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }
}
