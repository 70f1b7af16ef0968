package io.github.transfuse.image;

import io.github.transfuse.dicom.DicomData;
import io.github.transfuse.dicom.DicomTag;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a frame lies, in the directions of DICOM: left, back, top.
 *
 * @param origin of the first pixel in mm
 * @param orientation directions of rows and columns, six numbers
 */
record DicomPlace(double[] origin, double[] orientation) {
    /** Where a frame of a file lies; empty if the file does not say it. */
    static Optional<DicomPlace> of(DicomData data, int frame) {
        double[] origin = group(data, frame, DicomTag.PLACES).decimals(DicomTag.POSITION);
        double[] orientation = group(data, frame, DicomTag.ORIENTATIONS).decimals(DicomTag.ORIENTATION);
        double[] offsets = data.decimals(DicomTag.DOSE_OFFSETS);
        boolean usable = origin.length == 3
                && orientation.length == 6
                && Arrays.stream(origin).allMatch(Double::isFinite)
                && Arrays.stream(orientation).allMatch(Double::isFinite);
        if (!usable) {
            return Optional.empty();
        }
        DicomPlace place = new DicomPlace(origin, orientation);
        return Optional.of(frame < offsets.length ? place.moved(offsets[frame]) : place);
    }

    /** What is said of a frame, of all frames, or of the file. */
    static DicomData group(DicomData data, int frame, int sequence) {
        var frames = data.items(DicomTag.FRAME_GROUPS);
        var own = frame < frames.size()
                ? frames.get(frame).items(sequence).stream()
                : frames.stream().limit(0);
        var shared = data.items(DicomTag.SHARED_GROUPS).stream().flatMap(group -> group.items(sequence).stream());
        return java.util.stream.Stream.concat(own, shared).findFirst().orElse(data);
    }

    private DicomPlace moved(double distance) {
        double[] normal = normal();
        double[] there = origin.clone();
        Arrays.setAll(there, d -> origin[d] + distance * normal[d]);
        return new DicomPlace(there, orientation);
    }

    double[] row() {
        return Arrays.copyOfRange(orientation, 0, 3);
    }

    double[] column() {
        return Arrays.copyOfRange(orientation, 3, 6);
    }

    double[] normal() {
        return Affine.cross(row(), column());
    }

    /** Position along the normal. */
    double at() {
        return Affine.dot(origin, normal());
    }

    /** Whether rows and columns have the same directions. */
    boolean isParallel(DicomPlace other, double tolerance) {
        for (int i = 0; i < orientation.length; i++) {
            if (Math.abs(orientation[i] - other.orientation[i]) > tolerance) {
                return false;
            }
        }
        return true;
    }

    /**
     * From indices to RAS+.
     *
     * @param spacing of pixels across and down
     * @param step from slice to slice
     */
    Affine affine(double[] spacing, double... step) {
        double[] i = row();
        double[] j = column();
        for (int d = 0; d < 3; d++) {
            i[d] *= spacing[0];
            j[d] *= spacing[1];
        }
        return Affine.ofColumns(i, j, step, origin).turned();
    }
}
