package io.github.transfuse.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Where a volume lies in the patient or the scanner, so that its labels can be written to lie there too.
 *
 * @param format of the file it came from
 * @param affine from voxel indices along X, Y and Z to positions in RAS+ (millimetres to the right, front and top): three
 *     rows of four numbers
 * @param header what the file itself says of it: the header of a NIfTI file, lines of a NRRD file, of DICOM the path of file
 *     or folder; else empty
 */
public record Placement(Format format, List<Double> affine, byte[] header) {

    /** Kinds of file that say where volumes lie. */
    public enum Format {
        /** {@code .nii}, {@code .nii.gz}. */
        NIFTI(".nii.gz"),
        /** {@code .nrrd}, {@code .nhdr}. */
        NRRD(".nrrd"),
        /** {@code .mha}, {@code .mhd}. */
        META(".mha"),
        /** Slices of a scan in DICOM; its labels are written as NIfTI. */
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
        return new Placement(format, Arrays.stream(affine.rows()).boxed().toList(), header);
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
        return OptionalDouble.of(matrix().distance(other.matrix(), size));
    }

    /** Whether the file says it: those without a position give one made up from the size of their voxels. */
    public boolean isStated() {
        return format != Format.NIFTI || NiftiHeader.of(header).isPlaced();
    }

    /** Whether the position is one in the body: NRRD files may have another space. */
    public boolean isAnatomical() {
        return format == Format.NRRD ? NrrdReader.isAnatomical(new String(header, StandardCharsets.UTF_8)) : isStated();
    }

    /** To where X, Y and Z point, next to the directions of the body, such as {@code LPS}: to the left, back and top. */
    public String codes() {
        return Orientation.codes(matrix());
    }

    /** Where the same voxels lie when their axes change places and some of them run backwards. */
    Placement turned(int[] source, boolean[] mirrored, long... size) {
        Affine from = matrix();
        double[][] columns = new double[3][];
        double[] origin = from.column(3);
        for (int d = 0; d < columns.length; d++) {
            columns[d] = from.column(source[d]);
            for (int row = 0; mirrored[d] && row < origin.length; row++) {
                origin[row] += columns[d][row] * (size[source[d]] - 1);
                columns[d][row] = -columns[d][row];
            }
        }
        Affine turned = Affine.ofColumns(columns[0], columns[1], columns[2], origin);
        // a header of its own: that of the file says how the file lies
        return of(Format.NIFTI, turned, NiftiHeader.empty().placed(turned).raw());
    }

    Affine matrix() {
        return new Affine(affine.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
