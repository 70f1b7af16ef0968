package io.github.transfuse.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Frames of one size and direction become an image.
 *
 * @param source for messages
 * @param slices in their order along z, at least one
 */
record DicomVolume(Path source, List<DicomSlice> slices) {
    private static final double SAME = 0.01;

    private DicomSlice first() {
        return slices.get(0);
    }

    /** One frame. */
    CalibratedImage plane(String name) {
        double depth = first().spacing()[2] > 0 ? first().spacing()[2] : 1;
        Optional<Placement> placement = first().place()
                .filter(place -> hasSpacing())
                .map(place -> {
                    double[] normal = place.normal();
                    Arrays.setAll(normal, d -> depth * normal[d]);
                    return placement(place.affine(first().spacing(), normal));
                });
        return image(name, List.of()).withPlacement(placement);
    }

    private boolean hasSpacing() {
        return first().spacing()[0] > 0 && first().spacing()[1] > 0;
    }

    private Placement placement(Affine affine) {
        return Placement.of(Placement.Format.DICOM, affine, DicomSource.keep(source));
    }

    /**
     * Frames without a place.
     *
     * @param further the axes after X and Y and their lengths, whose product is the number of frames
     */
    CalibratedImage image(String name, List<Length> further) {
        List<Axis> axes = new ArrayList<>();
        List<Long> size = new ArrayList<>();
        for (int d = 0; d < 2; d++) {
            Axis.Kind kind = d == 0 ? Axis.Kind.X : Axis.Kind.Y;
            axes.add(hasSpacing() ? new Axis(kind, first().spacing()[d], "mm") : Axis.of(kind));
            size.add(
                    (long) (d == 0 ? first().pixels().width() : first().pixels().height()));
        }
        further.forEach(length -> {
            axes.add(length.axis);
            size.add(length.count);
        });
        boolean rgb = first().pixels().isRgb();
        if (rgb) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
            size.add(3L);
        }
        DicomValues values =
                DicomValues.of(slices.stream().map(DicomSlice::pixels).toList());
        var pixels = PlaneImages.of(
                values.planes(),
                values.signed(),
                size.stream().mapToLong(Long::longValue).toArray());
        return new CalibratedImage(name, pixels, axes, rgb, notes());
    }

    /** An axis and how many samples it has. */
    record Length(Axis axis, long count) {}

    private List<String> notes() {
        boolean shown = slices.stream().anyMatch(DicomSlice::isShownInverted);
        return shown
                ? List.of("Small values of " + source.getFileName()
                        + " are meant to be shown bright: values are taken as" + " they are.")
                : List.of();
    }

    /** Slices that say where they lie, at places of their own. */
    CalibratedImage image(String name) throws UnsupportedImageException {
        double[] steps = steps();
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double distance = sorted[sorted.length / 2];
        Length depth = new Length(new Axis(Axis.Kind.Z, distance, "mm"), slices.size());
        CalibratedImage image = image(name, List.of(depth));
        if (Arrays.stream(steps).anyMatch(step -> Math.abs(step - distance) > SAME * distance)) {
            image = image.withNote("The slices in " + source.getFileName()
                    + " are not at equal distances: one may be missing. " + distance + " mm is used for all.");
        }
        if (!hasSpacing()) {
            return image.withNote("The slices in " + source.getFileName() + " do not say how large their pixels are.");
        }
        Placement placement = placement(first().place().orElseThrow().affine(first().spacing(), step()));
        if (placement.matrix().isSheared()) {
            image = image.withNote("The slices in " + source.getFileName()
                    + " are shifted against each other (a tilted gantry): the affine is kept,"
                    + " and sizes are those along the axes.");
        }
        return image.withPlacement(Optional.of(placement));
    }

    private double[] step() {
        double[] from = first().place().orElseThrow().origin();
        double[] to = slices.get(slices.size() - 1).place().orElseThrow().origin();
        double[] step = new double[3];
        Arrays.setAll(step, d -> (to[d] - from[d]) / (slices.size() - 1));
        return step;
    }

    private double[] steps() throws UnsupportedImageException {
        double[] steps = new double[slices.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = slices.get(i + 1).at() - slices.get(i).at();
            if (steps[i] < 1e-4) {
                Path one = slices.get(i).file().getFileName();
                Path other = slices.get(i + 1).file().getFileName();
                throw new UnsupportedImageException(
                        source,
                        (one.equals(other) ? "frames of " + one : one + " and " + other) + " lie at the same place",
                        "Put each time point or phase into a folder of its own.");
            }
        }
        return steps;
    }
}
