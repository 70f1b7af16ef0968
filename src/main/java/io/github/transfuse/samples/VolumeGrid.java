package io.github.transfuse.samples;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.DicomMask;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.Placement;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Whether the voxels of a volume and of its mask are the same ones, where the files of both say where they lie. */
final class VolumeGrid {
    /** Sizes of voxels that differ by less than this part are taken as equal. */
    private static final double SAME_SIZE = 0.01;

    /** Voxels that lie apart by less than this part of the shortest side of a voxel are taken as the same. */
    private static final double SAME_PLACE = 0.5;

    private static final MathContext DIGITS = new MathContext(4);

    private static final String WAY_OUT =
            " Resample the mask to the voxels of its image (nearest neighbour); or, if they"
                    + " belong together one by one, save the mask with the header of its image.";

    private static final String UNPLACED =
            "Masks whose files do not say where they lie are taken voxel by voxel, in the order of their images' files.";

    private VolumeGrid() {}

    /**
     * The mask of a volume, brought to the axes of the volume where their files store the same voxels along different
     * ones, and compared with it; then turned with the volume.
     *
     * @param image as its file has it
     * @param turn from there to the axes of the model
     * @return the mask along the axes of the model, with notes for people
     * @throws SamplesException if the voxels have other sizes or lie elsewhere
     * @throws IOException if the mask cannot be read
     */
    static CalibratedImage mask(Pair pair, CalibratedImage image, Orientation turn) throws IOException {
        CalibratedImage stored = DicomMask.over(ImageFiles.readLabels(pair.mask()), pair.mask(), image);
        CalibratedImage mask = Orientation.between(stored, image).apply(stored);
        requireSame(pair, image, mask);
        boolean unplaced = image.dimension(Axis.Kind.Z).isPresent()
                && image.placement().filter(Placement::isStated).isPresent()
                && mask.placement().filter(Placement::isStated).isEmpty();
        return turn.apply(unplaced ? mask.withNote(UNPLACED) : mask);
    }

    /**
     * Compares a volume with its mask; images without a place in space are not compared, nor those of different numbers of
     * voxels.
     *
     * @throws SamplesException if the voxels have other sizes or lie elsewhere
     */
    private static void requireSame(Pair pair, CalibratedImage image, CalibratedImage mask) {
        if (image.placement().isEmpty() || mask.placement().isEmpty()) {
            return;
        }
        Placement of = image.placement().get();
        Placement masks = mask.placement().get();
        long[] size = size(image);
        if (!Arrays.equals(size, size(mask))) {
            return;
        }
        for (int d = 0; d < size.length; d++) {
            double ratio = of.spacing().get(d) / masks.spacing().get(d);
            if (size[d] > 1 && Math.abs(ratio - 1) > SAME_SIZE) {
                throw new SamplesException(pair.image() + " has voxels of " + text(of.spacing()) + ", but its mask "
                        + pair.mask() + " has voxels of " + text(masks.spacing()) + "." + WAY_OUT);
            }
        }
        OptionalDouble distance = of.distance(masks, size);
        if (distance.orElse(0) > SAME_PLACE * Collections.min(of.spacing())) {
            throw new SamplesException(
                    "The voxels of " + pair.image() + " (" + text(of.spacing()) + ") and of its mask "
                            + pair.mask() + " (" + text(masks.spacing()) + ") lie up to " + text(distance.getAsDouble())
                            + " mm apart by the affines of the files." + WAY_OUT);
        }
    }

    private static long[] size(CalibratedImage image) {
        return new long[] {image.size(Axis.Kind.X), image.size(Axis.Kind.Y), image.size(Axis.Kind.Z)};
    }

    private static String text(List<Double> spacing) {
        return spacing.stream().map(VolumeGrid::text).collect(Collectors.joining(" x ")) + " mm";
    }

    private static String text(double length) {
        return new BigDecimal(length).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
