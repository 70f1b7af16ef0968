package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Channels;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.measure.MeasuredImage;
import io.github.transfuse.measure.PixelGrid;
import io.github.transfuse.segmentation.ObjectRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/**
 * The measurements of what was found: of volumes where labels reach through the slices, of planes else. Class maps have a
 * row for each class. Positions are those of the image; only where objects were found in other slices than those of its
 * file, which the result says, they are along the axes of the model.
 */
public final class ObjectTable {
    private ObjectTable() {}

    /**
     * Measures a result.
     *
     * @param image the segmented image
     * @throws UnsupportedImageException if the connectivity of its settings does not fit its axes
     */
    public static MeasureTable of(CalibratedImage image, Segmentation result) throws UnsupportedImageException {
        return of(image, result, new double[3]);
    }

    /**
     * Measures a result.
     *
     * @param image the segmented image
     * @param origin the pixel that lies at 0, along x, y and z
     * @throws UnsupportedImageException if the connectivity of its settings does not fit its axes
     */
    public static MeasureTable of(CalibratedImage image, Segmentation result, double[] origin)
            throws UnsupportedImageException {
        ObjectRules rules =
                ObjectRules.of(result.labelImage("labels"), result.provenance().settings());
        boolean turned = rules.axes() == 2 && result.orientation().changesSlices();
        List<Axis> axes = turned ? result.orientation().apply(result.axes()) : result.axes();
        RandomAccessibleInterval<? extends IntegerType<?>> labels = result.labels();
        CalibratedImage seen = turned ? result.orientation().apply(image) : image;
        boolean stack = axes.size() > 2 && axes.get(2).kind() == Axis.Kind.Z;
        double[] spacing = Lengths.inUnitOfFirst(axes.subList(0, stack ? 3 : 2));
        String unit = axes.get(0).unit();
        return MeasureTable.of(new MeasuredImage(
                image.name(),
                turned ? result.orientation().apply(labels) : labels,
                rules.axes(),
                stack ? labels.dimension(2) : 1,
                Optional.of(channels(seen)),
                new PixelGrid(spacing, Arrays.copyOf(turned ? new double[0] : origin, spacing.length), unit),
                LabelClasses.of(result)::className));
    }

    /** The channels of an image with their names. */
    public static MeasuredImage.Channels channels(CalibratedImage image) {
        CalibratedImage ordered = Channels.last(image);
        return new MeasuredImage.Channels(ordered.pixels(), Channels.names(ordered));
    }
}
