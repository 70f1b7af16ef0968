package io.github.transfuse.image;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Where a volume lies in the patient or the scanner, so that its labels can be written to lie there too.
 *
 * @param format of the file it came from
 * @param affine from voxel indices along X, Y and Z to positions in RAS+ (millimetres to the right, front and top): three
 *     rows of four numbers
 * @param header what the file itself says of it: the header of a NIfTI file, lines of a NRRD file; else empty
 */
public record Placement(Format format, List<Double> affine, byte[] header) {

    /** Kinds of file that say where volumes lie. */
    public enum Format {
        /** {@code .nii}, {@code .nii.gz}. */
        NIFTI(".nii.gz"),
        /** {@code .nrrd}, {@code .nhdr}. */
        NRRD(".nrrd"),
        /** A folder with the slices of a series; its labels are written as NIfTI. */
        DICOM(".nii.gz");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }

        /** How the names of files with results end. */
        public String extension() {
            return extension;
        }
    }

    /** Copies what could change. */
    public Placement {
        affine = List.copyOf(affine);
        header = header.clone();
    }

    static Placement of(Format format, Affine affine, byte[] header) {
        return new Placement(
                format, java.util.Arrays.stream(affine.rows()).boxed().toList(), header);
    }

    /** Lengths of a voxel along X, Y and Z, in millimetres where the file says so. */
    public List<Double> spacing() {
        Affine matrix = matrix();
        return List.of(matrix.spacing(0), matrix.spacing(1), matrix.spacing(2));
    }

    /**
     * How far voxels of the same index lie apart, at the corner of the volume where it is most.
     *
     * @param other where another volume of the same size lies
     * @param size of both along X, Y and Z
     * @return the distance in the unit of the affines; empty if one of the files does not say where its volume lies
     */
    public OptionalDouble distance(Placement other, long... size) {
        if (!isStated() || !other.isStated()) {
            return OptionalDouble.empty();
        }
        Affine here = matrix();
        Affine there = other.matrix();
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            double square = 0;
            for (int row = 0; row < 3; row++) {
                double apart = here.get(row, 3) - there.get(row, 3);
                for (int d = 0; d < 3; d++) {
                    long index = (corner >> d & 1) * (size[d] - 1);
                    apart += index * (here.get(row, d) - there.get(row, d));
                }
                square += apart * apart;
            }
            most = Math.max(most, Math.sqrt(square));
        }
        return OptionalDouble.of(most);
    }

    /** Files without a position give one made up from the size of their voxels. */
    private boolean isStated() {
        return format != Format.NIFTI || NiftiHeader.of(header).isPlaced();
    }

    Affine matrix() {
        return new Affine(affine.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
