package io.github.transfuse.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of a NIfTI-1 or NIfTI-2 file, field by field. The bytes are kept, so that what is not understood here is
 * written back as it was.
 *
 * @param bytes 348 or 540 of them, in the file's byte order
 */
record NiftiHeader(ByteBuffer bytes) {
    static final int SIZE_1 = 348;
    static final int SIZE_2 = 540;

    /** Bytes between the header and the voxels, which say that no extension follows. */
    static final int GAP = 4;

    /** Sizes in {@code dim}, after the number of dimensions. */
    static final int MAX_DIMENSIONS = 7;

    private static final int LABELS = 1002;

    /** Where the fields of both versions are. */
    private enum Field {
        DIM(40, 16),
        INTENT_CODE(68, 504),
        DATATYPE(70, 12),
        BITPIX(72, 14),
        PIXDIM(76, 104),
        VOX_OFFSET(108, 168),
        SLOPE(112, 176),
        INTERCEPT(116, 184),
        UNITS(123, 500),
        CAL_MAX(124, 192),
        CAL_MIN(128, 200),
        DESCRIPTION(148, 240),
        QFORM_CODE(252, 344),
        SFORM_CODE(254, 348),
        QUATERNION(256, 352),
        SROW(280, 400),
        MAGIC(344, 4);

        private final int first;
        private final int second;

        Field(int first, int second) {
            this.first = first;
            this.second = second;
        }
    }

    /** A header over a copy of the bytes, whichever order they are in. */
    static NiftiHeader of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int size = buffer.getInt(0);
        boolean little = size == SIZE_1 || size == SIZE_2;
        return new NiftiHeader(buffer.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
    }

    /** An empty header of version 1, millimetres and seconds. */
    static NiftiHeader empty() {
        NiftiHeader header = new NiftiHeader(
                ByteBuffer.allocate(SIZE_1).order(ByteOrder.LITTLE_ENDIAN).putInt(0, SIZE_1));
        header.bytes.put(header.at(Field.UNITS), (byte) (2 | 8));
        return header;
    }

    /** How many bytes a file's header has by its first four; 0 if this is none. */
    static int sizeBy(byte[] beginning) {
        if (beginning.length < Integer.BYTES) {
            return 0;
        }
        int little = ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getInt();
        int big = Integer.reverseBytes(little);
        return little == SIZE_1 || big == SIZE_1 ? SIZE_1 : little == SIZE_2 || big == SIZE_2 ? SIZE_2 : 0;
    }

    /** A copy of all bytes. */
    byte[] raw() {
        byte[] copy = new byte[bytes.capacity()];
        bytes.get(0, copy);
        return copy;
    }

    boolean isSecond() {
        return bytes.capacity() == SIZE_2;
    }

    private int at(Field field) {
        return isSecond() ? field.second : field.first;
    }

    /** A number that is 16 bits in version 1 and 64 in version 2. */
    long dim(int index) {
        return isSecond()
                ? bytes.getLong(at(Field.DIM) + Long.BYTES * index)
                : bytes.getShort(at(Field.DIM) + Short.BYTES * index);
    }

    private double real(Field field, int index) {
        return isSecond()
                ? bytes.getDouble(at(field) + Double.BYTES * index)
                : bytes.getFloat(at(field) + Float.BYTES * index);
    }

    private void real(Field field, int index, double value) {
        if (isSecond()) {
            bytes.putDouble(at(field) + Double.BYTES * index, value);
        } else {
            bytes.putFloat(at(field) + Float.BYTES * index, (float) value);
        }
    }

    private int code(Field field) {
        return isSecond() ? bytes.getInt(at(field)) : bytes.getShort(at(field));
    }

    private void code(Field field, int value) {
        if (isSecond()) {
            bytes.putInt(at(field), value);
        } else {
            bytes.putShort(at(field), (short) value);
        }
    }

    int datatype() {
        return bytes.getShort(at(Field.DATATYPE));
    }

    int bitsPerVoxel() {
        return bytes.getShort(at(Field.BITPIX));
    }

    double pixdim(int index) {
        return real(Field.PIXDIM, index);
    }

    /** Where the voxels begin. */
    double voxelOffset() {
        return isSecond() ? bytes.getLong(at(Field.VOX_OFFSET)) : bytes.getFloat(at(Field.VOX_OFFSET));
    }

    double slope() {
        return real(Field.SLOPE, 0);
    }

    double intercept() {
        return real(Field.INTERCEPT, 0);
    }

    /** Code of the unit of lengths: 1 m, 2 mm, 3 micron. */
    int lengthUnit() {
        return bytes.get(at(Field.UNITS)) & 7;
    }

    /** Code of the unit of time: 8 s, 16 ms, 24 microseconds. */
    int timeUnit() {
        return bytes.get(at(Field.UNITS)) & 0x38;
    }

    String magic() {
        byte[] magic = new byte[3];
        bytes.get(at(Field.MAGIC), magic);
        return new String(magic, StandardCharsets.ISO_8859_1);
    }

    /** Whether the header says where the volume lies, and not only how large its voxels are. */
    boolean isPlaced() {
        return code(Field.SFORM_CODE) > 0 || code(Field.QFORM_CODE) > 0;
    }

    /** The matrix of the sform, else of the qform, else voxel sizes alone. */
    Affine affine() {
        if (code(Field.SFORM_CODE) > 0) {
            double[] rows = new double[12];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = real(Field.SROW, i);
            }
            return new Affine(rows);
        }
        return code(Field.QFORM_CODE) > 0 ? quaternion() : Affine.ofColumns(step(0), step(1), step(2), new double[3]);
    }

    /** Whether sform and qform are both given and put a corner of the volume more than half a voxel apart. */
    boolean contradictsItself() {
        if (code(Field.SFORM_CODE) <= 0 || code(Field.QFORM_CODE) <= 0) {
            return false;
        }
        Affine sform = affine();
        Affine qform = quaternion();
        double voxel = Math.min(sform.spacing(0), Math.min(sform.spacing(1), sform.spacing(2)));
        return !(sform.distance(qform, dim(1), dim(2), dim(3)) <= voxel / 2);
    }

    private double[] step(int axis) {
        double[] step = new double[3];
        double size = Math.abs(pixdim(axis + 1));
        step[axis] = size > 0 ? size : 1;
        return step;
    }

    private Affine quaternion() {
        double b = real(Field.QUATERNION, 0);
        double c = real(Field.QUATERNION, 1);
        double d = real(Field.QUATERNION, 2);
        double a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
        double x = step(0)[0];
        double y = step(1)[1];
        double z = step(2)[2] * (pixdim(0) < 0 ? -1 : 1);
        return Affine.ofColumns(
                new double[] {x * (a * a + b * b - c * c - d * d), x * 2 * (b * c + a * d), x * 2 * (b * d - a * c)},
                new double[] {y * 2 * (b * c - a * d), y * (a * a + c * c - b * b - d * d), y * 2 * (c * d + a * b)},
                new double[] {z * 2 * (b * d + a * c), z * 2 * (c * d - a * b), z * (a * a + d * d - b * b - c * c)},
                new double[] {real(Field.QUATERNION, 3), real(Field.QUATERNION, 4), real(Field.QUATERNION, 5)});
    }

    /** The same header with a position that came from elsewhere. */
    NiftiHeader placed(Affine affine) {
        NiftiHeader changed = of(raw());
        changed.code(Field.SFORM_CODE, 1);
        for (int i = 0; i < affine.rows().length; i++) {
            changed.real(Field.SROW, i, affine.rows()[i]);
        }
        changed.real(Field.PIXDIM, 0, 1);
        for (int d = 0; d < 3; d++) {
            changed.real(Field.PIXDIM, d + 1, affine.spacing(d));
        }
        return changed;
    }

    /** The same header for a result with as many voxels: unscaled, of another type, without a range for display. */
    NiftiHeader forResult(VoxelType type, boolean labels, long... sizes) {
        NiftiHeader changed = of(raw());
        for (int d = 0; d <= MAX_DIMENSIONS; d++) {
            long value = d == 0 ? sizes.length : d <= sizes.length ? sizes[d - 1] : 1;
            if (isSecond()) {
                changed.bytes.putLong(at(Field.DIM) + Long.BYTES * d, value);
            } else {
                changed.bytes.putShort(at(Field.DIM) + Short.BYTES * d, (short) value);
            }
        }
        changed.bytes.putShort(at(Field.DATATYPE), (short) type.nifti());
        changed.bytes.putShort(at(Field.BITPIX), (short) (Byte.SIZE * type.bytes()));
        changed.code(Field.INTENT_CODE, labels ? LABELS : 0);
        changed.real(Field.SLOPE, 0, 1);
        changed.real(Field.INTERCEPT, 0, 0);
        changed.real(Field.CAL_MAX, 0, 0);
        changed.real(Field.CAL_MIN, 0, 0);
        long offset = bytes.capacity() + (long) GAP;
        if (isSecond()) {
            changed.bytes.putLong(at(Field.VOX_OFFSET), offset);
        } else {
            changed.bytes.putFloat(at(Field.VOX_OFFSET), (float) offset);
        }
        changed.text(Field.DESCRIPTION, "TransFuse " + (labels ? "labels" : "probabilities"), 80);
        changed.text(Field.MAGIC, isSecond() ? "n+2\0\r\n\032\n" : "n+1\0", isSecond() ? 8 : 4);
        return changed;
    }

    private void text(Field field, String text, int length) {
        bytes.put(at(field), Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), length));
    }
}
