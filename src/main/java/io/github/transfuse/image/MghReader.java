package io.github.transfuse.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads MGH volumes of FreeSurfer, packed ({@code .mgz}) or not. Their results are written as NIfTI.
 *
 * @param head the first 90 bytes, the high ones first
 */
record MghReader(Path file, boolean packed, ByteBuffer head) {
    private static final int HEAD = 90;
    private static final int OFFSET = 284;
    private static final int SPACINGS = 30;
    private static final int DIRECTIONS = 42;
    private static final int CENTRE = 78;
    private static final Map<Integer, VoxelType> TYPES = Map.of(
            0, VoxelType.UINT8, 1, VoxelType.INT32, 3, VoxelType.FLOAT32, 4, VoxelType.INT16, 10, VoxelType.UINT16);
    private static final List<Axis.Kind> KINDS = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME);

    /** Whether a file that begins so, unpacked, is of this kind, version 1. */
    static boolean starts(byte[] beginning) {
        return beginning.length >= Integer.BYTES && ByteBuffer.wrap(beginning).getInt() == 1;
    }

    static CalibratedImage read(Path file, boolean packed) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            byte[] head = in.readNBytes(HEAD);
            if (head.length < HEAD) {
                throw new java.io.EOFException("it ends in its header");
            }
            return new MghReader(file, packed, ByteBuffer.wrap(head)).read();
        }
    }

    private CalibratedImage read() throws IOException {
        VoxelType type = Optional.ofNullable(TYPES.get(head.getInt(20)))
                .orElseThrow(() -> wrong("its voxels are of type " + head.getInt(20)));
        Affine affine = affine();
        List<Axis> axes = new ArrayList<>();
        List<Long> size = new ArrayList<>();
        for (int d = 0; d < KINDS.size(); d++) {
            long length = head.getInt(4 + Integer.BYTES * d);
            if (length < 1) {
                throw wrong("axis " + (d + 1) + " has " + length + " voxels");
            }
            if (d < 2 || length > 1) {
                axes.add(d < 3 ? new Axis(KINDS.get(d), affine.spacing(d), "mm") : Axis.of(KINDS.get(d)));
                size.add(length);
            }
        }
        // behind the voxels come times of the scanner and names of files
        var voxels = new VoxelFile(
                        file,
                        file,
                        OFFSET,
                        VoxelFile.Packing.ofFile(packed),
                        ByteOrder.BIG_ENDIAN,
                        Optional.of(new ArrayList<>()))
                .read(type, size.stream().mapToLong(Long::longValue).toArray());
        NiftiHeader stated = isPlaced() ? NiftiHeader.empty().placed(affine) : NiftiHeader.empty();
        Placement placement = Placement.of(Placement.Format.NIFTI, affine, stated.raw());
        return new CalibratedImage(file.getFileName().toString(), voxels, axes, false, List.of())
                .withPlacement(Optional.of(placement));
    }

    private UnsupportedImageException wrong(String what) {
        return new UnsupportedImageException(file, "its header says that " + what, "Convert it to NIfTI.");
    }

    private boolean isPlaced() {
        return head.getShort(28) == 1;
    }

    /** The position of the middle of the volume is stored, not that of its first voxel. */
    private Affine affine() throws UnsupportedImageException {
        double[][] columns = new double[3][3];
        double[] origin = new double[3];
        for (int d = 0; d < 3; d++) {
            double spacing = isPlaced() ? head.getFloat(SPACINGS + Float.BYTES * d) : 1;
            double half = head.getInt(4 + Integer.BYTES * d) / 2.0;
            for (int row = 0; row < 3; row++) {
                double direction = isPlaced()
                        ? head.getFloat(DIRECTIONS + Float.BYTES * (3 * d + row))
                        : new double[][] {{-1, 0, 0}, {0, 0, -1}, {0, 1, 0}}[d][row];
                columns[d][row] = spacing * direction;
                origin[row] -= half * columns[d][row];
            }
        }
        for (int row = 0; row < 3; row++) {
            origin[row] += isPlaced() ? head.getFloat(CENTRE + Float.BYTES * row) : 0;
        }
        Affine affine = Affine.ofColumns(columns[0], columns[1], columns[2], origin);
        if (!affine.isUsable()) {
            throw wrong("the voxels have no volume or no place (the affine is " + Arrays.toString(affine.rows()) + ")");
        }
        return affine;
    }
}
