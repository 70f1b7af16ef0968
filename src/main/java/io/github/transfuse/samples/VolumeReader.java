package io.github.transfuse.samples;

import io.github.transfuse.network.NetworkSpec;
import java.util.List;

/**
 * Makes one example of a whole stack, for models of volumes and of planes across all three axes: image and mask at the model's voxel size, the mask from the
 * nearest voxel.
 *
 * @param network of the model
 * @param coding what mask values mean
 */
record VolumeReader(NetworkSpec network, MaskCoding coding) {

    /**
     * Reads a volume.
     *
     * @param stored values of its channels, slice by slice
     * @param size slices, rows and columns at the model's voxel size
     * @param masks one a stored slice
     */
    ExampleReader.Read read(String stem, Picture stored, Units units, List<MaskPlane> masks, int... size) {
        if (coding.rule() == MaskCoding.Rule.BOUNDARY) {
            throw new SamplesException("Objects that are numbered cannot be learned in volumes. Choose mask_type=binary"
                    + " or classes, or mode=slices.");
        }
        Picture image = stored.resampled(masks.size(), size);
        int plane = size[1] * size[2];
        byte[] target = new byte[size[0] * plane];
        for (int z = 0; z < size[0]; z++) {
            MaskPlane nearest = masks.get(Targets.nearest(z, size[0], masks.size()));
            MaskPlane seen = Targets.nearest(nearest, size[1], size[2]);
            Truth truth = new Truth(stem, size[1], size[2], coding.classes(seen, stem));
            byte[] learned = network.classes() == 1 ? Targets.soft(truth, size[1], size[2]) : truth.classes();
            System.arraycopy(learned, 0, target, z * plane, plane);
        }
        Example example = new Example(stem, size[0], image, units, target);
        return new ExampleReader.Read(example, truth(stem, masks));
    }

    /** As stored. */
    private Truth truth(String stem, List<MaskPlane> masks) {
        MaskPlane first = masks.get(0);
        int plane = first.height() * first.width();
        byte[] classes = new byte[masks.size() * plane];
        for (int z = 0; z < masks.size(); z++) {
            System.arraycopy(coding.classes(masks.get(z), stem), 0, classes, z * plane, plane);
        }
        return new Truth(stem, first.height(), first.width(), classes);
    }
}
