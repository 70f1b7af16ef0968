package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

/**
 * A volume in space and the files that can store it. Nothing here knows how the program turns volumes: voxels are moved
 * one by one, by the position that an affine gives them.
 *
 * @param size along i, j, k
 * @param affine from i, j, k to RAS+ in mm: three rows of four
 * @param voxels i fastest; whole numbers from 0 to 32,767
 */
public record StoredVolume(int[] size, double[] affine, double[] voxels) {

    /** Kinds of file. */
    public enum Kind {
        NIFTI,
        NRRD,
        META,
        DICOM
    }

    /** Voxels without any symmetry, whose sides all differ, along RAS. */
    public static StoredVolume ras(int... size) {
        Random random = new Random(7);
        double[] voxels = new double[size[0] * size[1] * size[2]];
        Arrays.setAll(voxels, i -> random.nextInt(1000));
        return new StoredVolume(size, new double[] {1, 0, 0, -3, 0, 1.5, 0, 10, 0, 0, 2, 4}, voxels);
    }

    /** One of the 48 ways in which the axes of a volume can lie. */
    public record Turn(int[] order, boolean[] mirrored) {
        /** All of them; the first changes nothing. */
        public static List<Turn> all() {
            List<Turn> all = new ArrayList<>();
            for (int code = 0; code < 27; code++) {
                int[] order = {code / 9, code / 3 % 3, code % 3};
                for (int flips = 0; flips < 8 && Arrays.stream(order).distinct().count() == 3; flips++) {
                    all.add(new Turn(order, new boolean[] {(flips & 1) > 0, (flips & 2) > 0, (flips & 4) > 0}));
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return IntStream.range(0, 3)
                    .mapToObj(d -> (mirrored[d] ? "-" : "+") + "ijk".charAt(order[d]))
                    .collect(Collectors.joining());
        }
    }

    /** The same volume in space with other axes. */
    public StoredVolume along(Turn turn) {
        int[] turned = new int[3];
        double[] matrix = affine.clone();
        double[] corner = new double[3];
        for (int d = 0; d < 3; d++) {
            turned[d] = size[turn.order[d]];
            corner[turn.order[d]] = turn.mirrored[d] ? size[turn.order[d]] - 1 : 0;
            for (int row = 0; row < 3; row++) {
                matrix[4 * row + d] = (turn.mirrored[d] ? -1 : 1) * affine[4 * row + turn.order[d]];
            }
        }
        double[] origin = position(affine, corner);
        for (int row = 0; row < 3; row++) {
            matrix[4 * row + 3] = origin[row];
        }
        double[] moved = new double[voxels.length];
        StoredVolume result = new StoredVolume(turned, matrix, moved);
        for (int n = 0; n < moved.length; n++) {
            moved[n] = at(position(matrix, result.index(n)));
        }
        return result;
    }

    /** The same voxels with another affine. */
    public StoredVolume placed(double... matrix) {
        return new StoredVolume(size, matrix, voxels);
    }

    /** The same place with other values. */
    public StoredVolume with(double... values) {
        return new StoredVolume(size, affine, values);
    }

    private double[] index(int n) {
        int row = n / size[0];
        int slice = row / size[1];
        return new double[] {n % size[0], row % size[1], slice};
    }

    private static double[] position(double[] matrix, double... index) {
        double[] at = new double[3];
        for (int row = 0; row < 3; row++) {
            at[row] = matrix[4 * row + 3];
            for (int d = 0; d < 3; d++) {
                at[row] += matrix[4 * row + d] * index[d];
            }
        }
        return at;
    }

    /** All voxels as x, y, z in tenths of a mm and value, in the order of x, y, z: equal for equal volumes however they lie. */
    public List<List<Long>> sorted() {
        return IntStream.range(0, voxels.length)
                .mapToObj(n -> {
                    double[] at = position(affine, index(n));
                    return List.of(
                            Math.round(10 * at[0]), Math.round(10 * at[1]), Math.round(10 * at[2]), (long) voxels[n]);
                })
                .sorted(Comparator.comparing((List<Long> voxel) -> voxel.get(0))
                        .thenComparing(voxel -> voxel.get(1))
                        .thenComparing(voxel -> voxel.get(2)))
                .toList();
    }

    /** The value of the voxel at a position in RAS+. */
    public double at(double... position) {
        double[] index = inverse(position);
        int n = 0;
        for (int d = 2; d >= 0; d--) {
            int whole = (int) Math.round(index[d]);
            if (Math.abs(index[d] - whole) > 0.01 || whole < 0 || whole >= size[d]) {
                throw new AssertionError("there is no voxel at " + Arrays.toString(position));
            }
            n = n * size[d] + whole;
        }
        return voxels[n];
    }

    /** By Cramer's rule. */
    private double[] inverse(double... position) {
        double[] index = new double[3];
        double[][] columns = new double[4][3];
        for (int row = 0; row < 3; row++) {
            for (int d = 0; d < 3; d++) {
                columns[d][row] = affine[4 * row + d];
            }
            columns[3][row] = position[row] - affine[4 * row + 3];
        }
        double all = determinant(columns[0], columns[1], columns[2]);
        index[0] = determinant(columns[3], columns[1], columns[2]) / all;
        index[1] = determinant(columns[0], columns[3], columns[2]) / all;
        index[2] = determinant(columns[0], columns[1], columns[3]) / all;
        return index;
    }

    private static double determinant(double[] a, double[] b, double[] c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1])
                - a[1] * (b[0] * c[2] - b[2] * c[0])
                + a[2] * (b[0] * c[1] - b[1] * c[0]);
    }

    /** What a file says, as this program reads it. */
    public static StoredVolume read(Path file) throws IOException {
        CalibratedImage image = ImageFiles.readLabels(file).channelsLast();
        double[] affine = image.placement().orElseThrow().affine().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        int[] size = {
            (int) image.pixels().dimension(0),
            (int) image.pixels().dimension(1),
            (int) image.pixels().dimension(2)
        };
        StoredVolume volume = new StoredVolume(size, affine, new double[size[0] * size[1] * size[2]]);
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int n = 0; n < volume.voxels.length; n++) {
            for (int d = 0; d < 3; d++) {
                access.setPosition((int) volume.index(n)[d], d);
            }
            volume.voxels[n] = access.get().getRealDouble();
        }
        return volume;
    }

    /** The values of this volume at the places of the voxels of another, in their order. */
    public double[] seenFrom(StoredVolume other) {
        return IntStream.range(0, other.voxels.length)
                .mapToDouble(n -> at(position(other.affine, other.index(n))))
                .toArray();
    }

    /** Writes a file, or of DICOM a folder, and gives its path. */
    public Path write(Path folder, String name, Kind kind) throws IOException {
        Files.createDirectories(folder);
        return switch (kind) {
            case NIFTI -> Files.write(folder.resolve(name + ".nii"), nifti().array());
            case NRRD -> nrrd(folder.resolve(name + ".nrrd"), "left-posterior-superior");
            case META -> meta(folder.resolve(name + ".mha"));
            case DICOM -> dicom(folder.resolve(name));
        };
    }

    /** A NIfTI-1 file with an sform and no qform. */
    public ByteBuffer nifti() {
        ByteBuffer file = ByteBuffer.allocate(352 + 2 * voxels.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 348).putShort(40, (short) 3).putShort(70, (short) 4).putShort(72, (short) 16);
        file.putFloat(76, 1).putFloat(108, 352).put(123, (byte) 2).putShort(254, (short) 1);
        for (int d = 0; d < 3; d++) {
            file.putShort(42 + 2 * d, (short) size[d]).putFloat(80 + 4 * d, (float) length(d));
        }
        for (int i = 0; i < affine.length; i++) {
            file.putFloat(280 + 4 * i, (float) affine[i]);
        }
        file.put(344, "n+1".getBytes(StandardCharsets.US_ASCII));
        for (int n = 0; n < voxels.length; n++) {
            file.putShort(352 + 2 * n, (short) voxels[n]);
        }
        return file;
    }

    /** All bytes of a file. */
    public static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }

    private double length(int axis) {
        return Math.sqrt(IntStream.range(0, 3)
                .mapToDouble(row -> affine[4 * row + axis] * affine[4 * row + axis])
                .sum());
    }

    /** A NRRD file in a space of this name; all but RAS, LAS and LPS are written as RAS. */
    public Path nrrd(Path file, String space) throws IOException {
        double[] signs = {
            space.startsWith("left") ? -1 : 1, space.contains("posterior") ? -1 : 1, 1,
        };
        String header = "NRRD0004\ntype: short\ndimension: 3\nspace: " + space + "\nsizes: " + size[0] + " " + size[1]
                + " " + size[2] + "\nspace directions: " + vector(0, signs) + " " + vector(1, signs) + " "
                + vector(2, signs) + "\nkinds: domain domain domain\nendian: little\nencoding: raw\nspace origin: "
                + vector(3, signs) + "\n\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.getBytes(StandardCharsets.UTF_8));
        out.write(nifti().array(), 352, 2 * voxels.length);
        return Files.write(file, out.toByteArray());
    }

    /** Directions of axes one after the other, left, back, top. */
    private Path meta(Path file) throws IOException {
        StringBuilder header = new StringBuilder("ObjectType = Image\nNDims = 3\nBinaryDataByteOrderMSB = False\n");
        header.append("TransformMatrix =");
        for (int n = 0; n < 9; n++) {
            double sign = n % 3 < 2 ? -1 : 1;
            header.append(' ').append(sign * affine[4 * (n % 3) + n / 3] / length(n / 3));
        }
        header.append(String.format(Locale.ROOT, "\nOffset = %s %s %s", -affine[3], -affine[7], affine[11]));
        header.append(String.format(Locale.ROOT, "\nElementSpacing = %s %s %s", length(0), length(1), length(2)));
        header.append(String.format(Locale.ROOT, "\nDimSize = %d %d %d", size[0], size[1], size[2]));
        header.append("\nElementType = MET_SHORT\nElementDataFile = LOCAL\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.toString().getBytes(StandardCharsets.UTF_8));
        out.write(nifti().array(), 352, 2 * voxels.length);
        return Files.write(file, out.toByteArray());
    }

    private String vector(int column, double... signs) {
        return IntStream.range(0, 3)
                .mapToObj(row -> Double.toString(signs[row] * affine[4 * row + column]))
                .collect(Collectors.joining(",", "(", ")"));
    }

    /** The slices across k as a series, files in their order. */
    private Path dicom(Path folder) throws IOException {
        Files.createDirectories(folder);
        String rowAndColumn = numbers(
                -affine[0] / length(0),
                -affine[4] / length(0),
                affine[8] / length(0),
                -affine[1] / length(1),
                -affine[5] / length(1),
                affine[9] / length(1));
        for (int k = 0; k < size[2]; k++) {
            double[] at = position(affine, 0, 0, k);
            Dicom slice = new Dicom();
            slice.text(0x0002_0010, "UI", "1.2.840.10008.1.2.1");
            slice.text(0x0008_0060, "CS", "MR");
            slice.text(0x0020_000E, "UI", "1.2.3.4");
            slice.text(0x0020_0013, "IS", Integer.toString(k + 1));
            slice.text(0x0020_0032, "DS", numbers(-at[0], -at[1], at[2]));
            slice.text(0x0020_0037, "DS", rowAndColumn);
            slice.whole(0x0028_0002, 1);
            slice.text(0x0028_0004, "CS", "MONOCHROME2");
            slice.whole(0x0028_0010, size[1]);
            slice.whole(0x0028_0011, size[0]);
            slice.text(0x0028_0030, "DS", numbers(length(1), length(0)));
            slice.whole(0x0028_0100, 16);
            slice.whole(0x0028_0101, 16);
            slice.whole(0x0028_0102, 15);
            slice.whole(0x0028_0103, 0);
            int plane = 2 * size[0] * size[1];
            slice.pixels(Arrays.copyOfRange(nifti().array(), 352 + k * plane, 352 + (k + 1) * plane));
            Files.write(folder.resolve(String.format(Locale.ROOT, "%03d.dcm", k)), slice.bytes.toByteArray());
        }
        return folder;
    }

    private static String numbers(double... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> Double.toString(number == 0 ? 0 : number))
                .collect(Collectors.joining("\\"));
    }

    /** Elements with explicit VR, little endian. */
    private static final class Dicom {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Dicom() {
            bytes.writeBytes(new byte[128]);
            bytes.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        }

        private void begin(int tag, String vr, int length) {
            boolean wide = vr.equals("OW");
            ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
            head.putShort((short) (tag >>> 16)).putShort((short) tag).put(vr.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes((wide ? head.putInt(8, length) : head.putShort((short) length)).array());
        }

        void text(int tag, String vr, String text) {
            String even = text.length() % 2 == 0 ? text : text + (vr.equals("UI") ? "\0" : " ");
            begin(tag, vr, even.length());
            bytes.writeBytes(even.getBytes(StandardCharsets.US_ASCII));
        }

        void whole(int tag, int value) {
            begin(tag, "US", 2);
            bytes.write(value);
            bytes.write(value >> 8);
        }

        void pixels(byte[] values) {
            begin(0x7FE0_0010, "OW", values.length);
            bytes.writeBytes(values);
        }
    }
}
