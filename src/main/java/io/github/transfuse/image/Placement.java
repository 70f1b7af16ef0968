package io.github.transfuse.image;

import java.util.List;

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

    Affine matrix() {
        return new Affine(affine.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
