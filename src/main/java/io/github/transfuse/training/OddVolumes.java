package io.github.transfuse.training;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.Placement;
import io.github.transfuse.settings.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Volumes of a training that differ much from the others: perhaps a wrong voxel size, or another part of the body. */
final class OddVolumes {
    private static final List<Axis.Kind> AXES = List.of(Axis.Kind.Z, Axis.Kind.Y, Axis.Kind.X);

    /** Further from the median than by this factor along an axis is odd. */
    private static final double FAR = 2;

    /** Spacings are rounded in files. */
    private static final double ROUNDING = 1.001;

    /** Of fewer volumes none stands out. */
    private static final int MIN_VOLUMES = 3;

    private static final int SHOWN = 3;
    private static final MathContext DIGITS = new MathContext(3);

    private final List<Volume> volumes = new ArrayList<>();
    private String unit = "";

    /**
     * A volume; lists are in the order z, y, x.
     *
     * @param spacing in the unit of the first image; empty if its file does not say it
     * @param extent its lengths in that unit, or in voxels
     * @param placed whether its file says how it lies in the body
     */
    private record Volume(String name, List<Double> spacing, List<Double> extent, boolean placed) {}

    /**
     * Adds an image; those without slices are not looked at.
     *
     * @param lengths unit of the first image
     */
    void add(String name, CalibratedImage image, String lengths) {
        unit = lengths;
        if (image.dimension(Axis.Kind.Z).isEmpty()) {
            return;
        }
        List<Double> spacing = new ArrayList<>();
        List<Double> extent = new ArrayList<>();
        for (Axis.Kind kind : AXES) {
            Axis axis = image.axes().get(image.dimension(kind).orElseThrow());
            OptionalDouble size = axis.isCalibrated() ? Lengths.spacing(axis, lengths) : OptionalDouble.empty();
            size.ifPresent(spacing::add);
            extent.add(image.size(kind) * size.orElse(1));
        }
        boolean placed = image.placement().filter(Placement::isAnatomical).isPresent();
        volumes.add(new Volume(name, spacing.size() == AXES.size() ? spacing : List.of(), extent, placed));
    }

    /** What stands out. */
    List<String> sentences() {
        List<String> told = new ArrayList<>();
        List<Volume> sized =
                volumes.stream().filter(volume -> !volume.spacing.isEmpty()).toList();
        boolean mixed = !sized.isEmpty() && sized.size() < volumes.size();
        if (mixed) {
            told.add("These volumes have no voxel size, but others have: "
                    + named(volumes, volume -> volume.spacing.isEmpty(), volume -> "") + ".");
        }
        Predicate<Volume> named = volume -> false;
        if (sized.size() >= MIN_VOLUMES) {
            named = odd(sized, Volume::spacing);
            told.addAll(far(sized, Volume::spacing, named, "voxels"));
        }
        if (!mixed && volumes.size() >= MIN_VOLUMES) {
            Predicate<Volume> odd = odd(volumes, Volume::extent).and(named.negate());
            told.addAll(far(volumes, Volume::extent, odd, "volumes"));
        }
        long placed = volumes.stream().filter(Volume::placed).count();
        if (placed > 0 && placed < volumes.size()) {
            told.add("These volumes do not say how they lie in the body, but others do: "
                    + named(volumes, volume -> !volume.placed, volume -> "") + ".");
        }
        return told;
    }

    private static List<Double> median(List<Volume> among, Function<Volume, List<Double>> lengths) {
        return IntStream.range(0, AXES.size())
                .mapToObj(axis -> Numbers.median(among.stream()
                        .map(volume -> lengths.apply(volume).get(axis))
                        .toList()))
                .toList();
    }

    private static Predicate<Volume> odd(List<Volume> among, Function<Volume, List<Double>> lengths) {
        List<Double> median = median(among, lengths);
        return volume -> isFar(lengths.apply(volume), median);
    }

    private List<String> far(
            List<Volume> among, Function<Volume, List<Double>> lengths, Predicate<Volume> odd, String what) {
        return among.stream().noneMatch(odd)
                ? List.of()
                : List.of("These have " + what + " more than twice as long or short along an axis as the median, "
                        + text(median(among, lengths)) + " " + (unit.startsWith(Axis.UNCALIBRATED) ? "voxels" : unit)
                        + ": "
                        + named(among, odd, volume -> " (" + text(lengths.apply(volume)) + ")")
                        + ". Check that they are right.");
    }

    private static boolean isFar(List<Double> lengths, List<Double> median) {
        return IntStream.range(0, AXES.size()).anyMatch(axis -> {
            double ratio = lengths.get(axis) / median.get(axis);
            return Math.max(ratio, 1 / ratio) > FAR * ROUNDING;
        });
    }

    private static String named(List<Volume> among, Predicate<Volume> odd, Function<Volume, String> more) {
        List<String> names = among.stream()
                .filter(odd)
                .map(volume -> volume.name + more.apply(volume))
                .toList();
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    /** Lengths along x, y and z, given the other way round. */
    static String text(List<Double> lengths) {
        return text(lengths.get(2)) + " x " + text(lengths.get(1)) + " x " + text(lengths.get(0));
    }

    private static String text(double length) {
        return new BigDecimal(length).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
