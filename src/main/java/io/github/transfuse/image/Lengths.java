package io.github.transfuse.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Converts between units of length as image files spell them. */
public final class Lengths {
    private static final Map<String, Double> METRES = Map.ofEntries(
            Map.entry("nm", 1e-9),
            Map.entry("nanometer", 1e-9),
            Map.entry("um", 1e-6),
            Map.entry("\u00b5m", 1e-6),
            Map.entry("\u03bcm", 1e-6),
            Map.entry("micron", 1e-6),
            Map.entry("micrometer", 1e-6),
            Map.entry("mm", 1e-3),
            Map.entry("millimeter", 1e-3),
            Map.entry("cm", 1e-2),
            Map.entry("centimeter", 1e-2),
            Map.entry("m", 1.0),
            Map.entry("meter", 1.0),
            Map.entry("inch", 0.0254),
            Map.entry("in", 0.0254));

    private Lengths() {}

    /** How many {@code to} one {@code from} is; empty if a unit is not known. */
    public static OptionalDouble factor(String from, String to) {
        String a = normal(from);
        String b = normal(to);
        if (a.equals(b)) {
            return OptionalDouble.of(1);
        }
        boolean known = METRES.containsKey(a) && METRES.containsKey(b);
        return known ? OptionalDouble.of(METRES.get(a) / METRES.get(b)) : OptionalDouble.empty();
    }

    /**
     * The distance of two samples along a spatial axis, in a unit of length. In the unit {@value Axis#UNCALIBRATED} it is 1,
     * calibrated or not; otherwise empty if the axis has no unit that converts.
     */
    public static OptionalDouble spacing(Axis axis, String unit) {
        if (unit.startsWith(Axis.UNCALIBRATED)) {
            return OptionalDouble.of(1);
        }
        OptionalDouble factor = axis.isCalibrated() ? factor(axis.unit(), unit) : OptionalDouble.empty();
        return factor.isPresent() ? OptionalDouble.of(axis.size() * factor.getAsDouble()) : factor;
    }

    /** The distances of samples along axes in the unit of the first; numbers whose unit does not convert stay as they are. */
    public static double[] inUnitOfFirst(List<Axis> axes) {
        String unit = axes.get(0).unit();
        return axes.stream()
                .mapToDouble(axis -> axis.size() * factor(axis.unit(), unit).orElse(1))
                .toArray();
    }

    /** The unit as OME-Zarr spells it, such as {@code micrometer}; as it is if it is not known. */
    static String longName(String unit) {
        return name(unit, List.of("nanometer", "micrometer", "millimeter", "centimeter", "meter", "inch"))
                .orElse(unit);
    }

    /** The unit as OME-XML spells it, such as {@code mm}; empty if it is not known. */
    static Optional<String> symbol(String unit) {
        return name(unit, List.of("nm", "\u00b5m", "mm", "cm", "m", "in"));
    }

    private static Optional<String> name(String unit, List<String> names) {
        Double length = METRES.get(normal(unit));
        return names.stream().filter(name -> METRES.get(name).equals(length)).findFirst();
    }

    private static String normal(String unit) {
        String lower = unit.strip().toLowerCase(Locale.ROOT).replace("metre", "meter");
        boolean plural = lower.endsWith("s") && METRES.containsKey(lower.substring(0, lower.length() - 1));
        return plural ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Size of a pixel or voxel along these axes, in the unit of the first to the power of their number; 0 if one of them is not calibrated. */
    public static double pixel(List<Axis> axes) {
        String unit = axes.get(0).unit();
        double size = 1;
        for (Axis axis : axes) {
            size *= axis.isCalibrated() ? Lengths.factor(axis.unit(), unit).orElse(0) * axis.size() : 0;
        }
        return size;
    }
}
