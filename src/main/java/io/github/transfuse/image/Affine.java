package io.github.transfuse.image;

import java.util.Arrays;

/**
 * Where voxels lie: the position of voxel (i, j, k) is {@code M (i, j, k) + t}.
 *
 * @param rows three rows of four numbers, of which the last is {@code t}
 */
record Affine(double[] rows) {
    private static final int COLUMNS = 4;

    /** Right, left, front (anterior), back, top (superior), bottom: in pairs along the rows of RAS+. */
    static final String LETTERS = "RLAPSI";

    /** Cosine of the angle between two axes up to which they count as perpendicular: half a degree. */
    private static final double PERPENDICULAR = 0.009;

    /** Copies the numbers. */
    Affine {
        rows = rows.clone();
        if (rows.length != 3 * COLUMNS) {
            throw new IllegalArgumentException("An affine has 12 numbers, not " + rows.length + ".");
        }
    }

    /** Columns of the matrix and the origin, each x, y, z. */
    static Affine ofColumns(double[] i, double[] j, double[] k, double[] origin) {
        double[] rows = new double[3 * COLUMNS];
        double[][] columns = {i, j, k, origin};
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                rows[row * COLUMNS + column] = columns[column][row];
            }
        }
        return new Affine(rows);
    }

    /** Axes of 1 that point to where the letters say: R or L, A or P, S or I. */
    static Affine ofCodes(String codes) {
        double[] rows = new double[3 * COLUMNS];
        for (int axis = 0; axis < 3; axis++) {
            int letter = LETTERS.indexOf(codes.charAt(axis));
            rows[letter / 2 * COLUMNS + axis] = letter % 2 == 0 ? 1 : -1;
        }
        return new Affine(rows);
    }

    double get(int row, int column) {
        return rows[row * COLUMNS + column];
    }

    /** The step to the next voxel along an axis, or the origin for column 3. */
    double[] column(int column) {
        return new double[] {get(0, column), get(1, column), get(2, column)};
    }

    /** Distance of two voxels along an axis. */
    double spacing(int axis) {
        double[] step = column(axis);
        return Math.sqrt(dot(step, step));
    }

    /**
     * How far voxels of the same index lie apart, at the corner of a volume where it is most.
     *
     * @param size of the volume
     */
    double distance(Affine other, long... size) {
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            double square = 0;
            for (int row = 0; row < 3; row++) {
                double apart = get(row, 3) - other.get(row, 3);
                for (int d = 0; d < 3; d++) {
                    long index = (corner >> d & 1) * (size[d] - 1);
                    apart += index * (get(row, d) - other.get(row, d));
                }
                square += apart * apart;
            }
            most = Math.max(most, Math.sqrt(square));
        }
        return most;
    }

    /** Volume of a voxel; negative where the axes are left-handed. */
    double determinant() {
        double[] cross = cross(column(0), column(1));
        return dot(cross, column(2));
    }

    /** Whether all numbers are finite and no axis is a combination of the others. */
    boolean isUsable() {
        double cube = spacing(0) * spacing(1) * spacing(2);
        return Arrays.stream(rows).allMatch(Double::isFinite) && Math.abs(determinant()) > 1e-6 * cube;
    }

    /** Whether the axes are not at right angles. */
    boolean isSheared() {
        for (int a = 0; a < 3; a++) {
            int b = (a + 1) % 3;
            if (Math.abs(dot(column(a), column(b))) > PERPENDICULAR * spacing(a) * spacing(b)) {
                return true;
            }
        }
        return false;
    }

    /** The same with two of the three world axes pointing the other way: between LPS (DICOM, NRRD) and RAS (NIfTI). */
    Affine turned() {
        double[] changed = rows.clone();
        for (int i = 0; i < 2 * COLUMNS; i++) {
            changed[i] = changed[i] == 0 ? 0 : -changed[i];
        }
        return new Affine(changed);
    }

    /** The same with the first world axis pointing the other way: between LAS and RAS. */
    Affine mirrored() {
        double[] changed = rows.clone();
        for (int i = 0; i < COLUMNS; i++) {
            changed[i] = changed[i] == 0 ? 0 : -changed[i];
        }
        return new Affine(changed);
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
