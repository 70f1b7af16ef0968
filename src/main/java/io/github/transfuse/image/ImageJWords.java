package io.github.transfuse.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What ImageJ, or a program that writes like it, says of a stack in the description of its first page.
 *
 * @param values by their keys
 */
record ImageJWords(Map<String, String> values) {

    static Optional<ImageJWords> of(String description) {
        if (!description.startsWith("ImageJ=")) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        description.lines().forEach(line -> {
            int equal = line.indexOf('=');
            if (equal > 0) {
                values.put(line.substring(0, equal), line.substring(equal + 1).strip());
            }
        });
        return Optional.of(new ImageJWords(values));
    }

    private int count(String key) {
        try {
            return Math.max(1, Integer.parseInt(values.getOrDefault(key, "1")));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** Channels, slices and times. */
    int[] sizes() {
        return new int[] {count("channels"), count("slices"), count("frames")};
    }

    /** Planes that follow each other, of which perhaps only the first is a page. */
    int images() {
        return count("images");
    }

    long planes() {
        return (long) count("channels") * count("slices") * count("frames");
    }

    /** The unit of lengths; empty if there is none. */
    String unit() {
        String unit = values.getOrDefault("unit", "").replace("\\u00B5", "\u00b5");
        return unit.equals(Axis.UNCALIBRATED) ? "" : unit;
    }

    Axis depth() {
        try {
            double spacing = Math.abs(Double.parseDouble(values.getOrDefault("spacing", "0")));
            boolean known = spacing > 0 && Double.isFinite(spacing) && !unit().isEmpty();
            return known ? new Axis(Axis.Kind.Z, spacing, unit()) : Axis.of(Axis.Kind.Z);
        } catch (NumberFormatException e) {
            return Axis.of(Axis.Kind.Z);
        }
    }
}
