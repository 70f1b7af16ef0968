package io.github.transfuse.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Reads NIfTI-1 and NIfTI-2 volumes in one file, packed or not, of either byte order. Voxels keep the order they have in
 * the file: X, Y, Z are its first three axes, whatever their directions in the patient, which {@link Placement} keeps.
 * Then come TIME and CHANNEL, where they are longer than 1.
 */
final class NiftiReader {
    private static final int RGB24 = 128;
    private static final List<Axis.Kind> KINDS =
            List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME, Axis.Kind.CHANNEL);
    private static final String AGAIN = "Copy or export it again.";

    private final Path file;
    private final boolean packed;
    private final boolean labels;
    private final NiftiHeader header;
    private final List<String> told = new ArrayList<>();

    private NiftiReader(Path file, boolean packed, boolean labels, NiftiHeader header) {
        this.file = file;
        this.packed = packed;
        this.labels = labels;
        this.header = header;
    }

    /** Whether a file that begins so, unpacked, is a NIfTI file. */
    static boolean starts(byte[] beginning) {
        return NiftiHeader.sizeBy(beginning) > 0;
    }

    static CalibratedImage read(Path file, boolean packed, boolean labels) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            byte[] beginning = in.readNBytes(Integer.BYTES);
            byte[] bytes = Arrays.copyOf(beginning, NiftiHeader.sizeBy(beginning));
            int read = in.readNBytes(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
            if (read < bytes.length - Integer.BYTES) {
                throw new UnsupportedImageException(file, "the file is truncated: it ends in its header", AGAIN);
            }
            return new NiftiReader(file, packed, labels, NiftiHeader.of(bytes)).read();
        }
    }

    private CalibratedImage read() throws IOException {
        requireKnown();
        Affine affine = affine();
        List<Axis> axes = new ArrayList<>();
        List<Long> size = new ArrayList<>();
        boolean rgb = header.datatype() == RGB24;
        if (rgb) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
            size.add(3L);
        }
        describe(affine, axes, size);
        var pixels =
                scaled(voxels(type(), size.stream().mapToLong(Long::longValue).toArray()));
        Placement placement = Placement.of(Placement.Format.NIFTI, affine, header.raw());
        return new CalibratedImage(file.getFileName().toString(), pixels, axes, rgb, notes(affine))
                .withPlacement(Optional.of(placement));
    }

    private void requireKnown() throws UnsupportedImageException {
        String version = header.isSecond() ? "2" : "1";
        if (!header.magic().equals("n+" + version) && !isPair()) {
            throw new UnsupportedImageException(
                    file,
                    "this is a header of Analyze, which does not say how the volume lies",
                    "Convert it to .nii or .nii.gz, for instance with nibabel or in 3D Slicer.");
        }
    }

    /** Whether the voxels are in a file of their own. */
    private boolean isPair() {
        return header.magic().equals(header.isSecond() ? "ni2" : "ni1");
    }

    private Path voxelFile() throws UnsupportedImageException {
        if (!isPair()) {
            return file;
        }
        String stem = file.getFileName().toString().replaceFirst("(?i)\\.(hdr|nii)(\\.gz)?$", "");
        for (String ending : packed ? List.of(".img.gz", ".IMG.GZ") : List.of(".img", ".IMG")) {
            Path voxels = file.resolveSibling(stem + ending);
            if (Files.isRegularFile(voxels)) {
                return voxels;
            }
        }
        throw new UnsupportedImageException(
                file, "this is the header of a volume whose voxels are missing", "Put " + stem + ".img beside it.");
    }

    private Affine affine() throws UnsupportedImageException {
        Affine affine = header.affine();
        if (!affine.isUsable()) {
            throw new UnsupportedImageException(
                    file,
                    "its header says that the voxels have no volume or no place (the affine is "
                            + Arrays.toString(affine.rows()) + ")",
                    "Correct the header's sform or qform.");
        }
        return affine;
    }

    private void describe(Affine affine, List<Axis> axes, List<Long> size) throws UnsupportedImageException {
        long dimensions = header.dim(0);
        if (dimensions < 1 || dimensions > NiftiHeader.MAX_DIMENSIONS) {
            throw new UnsupportedImageException(file, "its header says that it has " + dimensions + " axes", AGAIN);
        }
        for (int d = 0; d < NiftiHeader.MAX_DIMENSIONS; d++) {
            long length = d < dimensions ? header.dim(d + 1) : 1;
            if (length < 1) {
                throw new UnsupportedImageException(
                        file, "its header says that axis " + (d + 1) + " has " + length + " voxels", AGAIN);
            }
            if (d >= KINDS.size() && length > 1) {
                throw new UnsupportedImageException(
                        file, "it has more than five axes", "Save the volumes that are meant as a file of their own.");
            }
            if (d < 2 || length > 1) {
                axes.add(axis(KINDS.get(d), d, affine));
                size.add(length);
            }
        }
    }

    private Axis axis(Axis.Kind kind, int dimension, Affine affine) throws UnsupportedImageException {
        if (kind == Axis.Kind.CHANNEL) {
            return Axis.of(kind);
        }
        double step = header.pixdim(dimension + 1);
        if (kind == Axis.Kind.TIME) {
            boolean timed = step > 0 && Double.isFinite(step) && header.timeUnit() > 0;
            double seconds = header.timeUnit() == 16 ? 1e-3 : header.timeUnit() == 24 ? 1e-6 : 1;
            return timed ? new Axis(kind, step * seconds, "sec") : Axis.of(kind);
        }
        if (!Double.isFinite(step)
                || !(affine.spacing(dimension) > 0)
                || Double.isInfinite(affine.spacing(dimension))) {
            throw new UnsupportedImageException(
                    file,
                    "its header says that voxels are " + (Double.isFinite(step) ? affine.spacing(dimension) : step)
                            + " long along " + kind,
                    "Correct pixdim, or the sform or qform, in the header.");
        }
        if (step == 0) {
            told.add("The header of " + file.getFileName() + " says that voxels are 0 long along " + kind + ": "
                    + (header.isPlaced() ? "the affine is taken, " : "1 is taken, ") + affine.spacing(dimension)
                    + " mm.");
        }
        String unit = header.lengthUnit() == 1 ? "m" : header.lengthUnit() == 3 ? "micron" : "mm";
        return new Axis(kind, affine.spacing(dimension), unit);
    }

    private VoxelType type() throws UnsupportedImageException {
        VoxelType type = header.datatype() == RGB24
                ? VoxelType.UINT8
                : VoxelType.ofNifti(header.datatype())
                        .orElseThrow(() -> new UnsupportedImageException(
                                file,
                                "its voxels are of NIfTI type " + header.datatype() + " (complex or unusual)",
                                "Convert it to a type of real numbers."));
        int bits = Byte.SIZE * type.bytes() * (header.datatype() == RGB24 ? 3 : 1);
        if (header.bitsPerVoxel() != bits) {
            throw new UnsupportedImageException(
                    file,
                    "its header contradicts itself: " + header.bitsPerVoxel() + " bits a voxel of type " + type,
                    AGAIN);
        }
        return type;
    }

    private RandomAccessibleInterval<? extends RealType<?>> voxels(VoxelType type, long... size) throws IOException {
        double offset = header.voxelOffset();
        boolean inside = offset >= (isPair() ? 0 : header.bytes().capacity()) && offset < Long.MAX_VALUE;
        if (!inside || offset != Math.rint(offset)) {
            throw new UnsupportedImageException(file, "its header says that the voxels begin at byte " + offset, AGAIN);
        }
        VoxelFile.Packing packing = VoxelFile.Packing.ofFile(packed);
        return new VoxelFile(
                        file,
                        voxelFile(),
                        (long) offset,
                        packing,
                        header.bytes().order(),
                        Optional.of(told))
                .read(type, size);
    }

    /** A slope of 0 means that values are as they are. */
    private RandomAccessibleInterval<? extends RealType<?>> scaled(
            RandomAccessibleInterval<? extends RealType<?>> stored) throws UnsupportedImageException {
        double slope = header.slope();
        double intercept = header.intercept();
        boolean plain = slope == 0 || !Double.isFinite(slope) || (slope == 1 && intercept == 0);
        if (plain || header.datatype() == RGB24) {
            return stored;
        }
        if (!Double.isFinite(intercept)) {
            throw new UnsupportedImageException(
                    file, "its header scales voxels by " + slope + " and " + intercept, "Correct scl_inter.");
        }
        return labels
                ? ScaledLabels.of(file, "scl_slope", stored, slope, intercept)
                : LinearValues.of(stored, slope, intercept);
    }

    private List<String> notes(Affine affine) {
        List<String> notes = new ArrayList<>(told);
        if (affine.isSheared()) {
            notes.add("The axes of " + file.getFileName()
                    + " are not at right angles: the affine is kept, and sizes are" + " those along the axes.");
        }
        if (header.contradictsItself()) {
            notes.add("The sform and the qform in the header of " + file.getFileName()
                    + " put the volume to different places: the sform is used.");
        }
        boolean other = false;
        for (int d = 0; d < 3; d++) {
            double step = Math.abs(header.pixdim(d + 1));
            other |= step > 0 && header.dim(d + 1) > 1 && Math.abs(step / affine.spacing(d) - 1) > 0.01;
        }
        if (other) {
            notes.add("The voxel sizes and the affine in the header of " + file.getFileName()
                    + " disagree: those of the affine are used.");
        }
        return notes;
    }
}
