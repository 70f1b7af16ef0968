package io.github.transfuse.samples;

import io.github.transfuse.image.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which names masks give to their values.
 *
 * @param named segments by their values, of all masks that name them, in the order of the masks
 * @param unnamed masks that name no value
 */
public record SegmentSurvey(Map<Path, Map<Integer, SegmentNames.Segment>> named, List<Path> unnamed) {

    /**
     * Looks at masks; voxels are not read.
     *
     * @throws io.github.transfuse.image.UnsupportedImageException if a mask names some of its segments, but not all
     * @throws IOException if a mask cannot be read
     */
    public static SegmentSurvey of(List<Path> masks) throws IOException {
        Map<Path, Map<Integer, SegmentNames.Segment>> named = new LinkedHashMap<>();
        List<Path> unnamed = new ArrayList<>();
        for (Path mask : masks) {
            Map<Integer, SegmentNames.Segment> segments = segments(mask);
            if (segments.isEmpty()) {
                unnamed.add(mask);
            } else {
                named.put(mask, segments);
            }
        }
        return new SegmentSurvey(named, unnamed);
    }

    private static Map<Integer, SegmentNames.Segment> segments(Path mask) throws IOException {
        Map<Integer, SegmentNames.Segment> segments =
                SegmentNames.is(mask) ? new TreeMap<>(SegmentNames.of(mask)) : new TreeMap<>();
        List<Integer> nameless = segments.entrySet().stream()
                .filter(segment -> segment.getValue().name().isBlank())
                .map(Map.Entry::getKey)
                .toList();
        if (!nameless.isEmpty() && nameless.size() < segments.size()) {
            throw NamedMasks.unnamed(mask, nameless.get(0));
        }
        return nameless.isEmpty() ? segments : new TreeMap<>();
    }

    /** The names of one mask by their values; empty if it names none. */
    static Map<Integer, String> names(Path mask) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        segments(mask).forEach((value, segment) -> names.put(value, segment.name()));
        return names;
    }

    /** Whether each value has one name, and each name one value, in all masks. */
    public boolean agrees() {
        return contradiction().isEmpty();
    }

    /** A name or value that stands for another one elsewhere, in words. */
    public Optional<String> contradiction() {
        Map<Integer, String> names = new HashMap<>();
        Map<String, Integer> values = new HashMap<>();
        for (var mask : named.entrySet()) {
            for (var segment : mask.getValue().entrySet()) {
                String name = segment.getValue().name();
                int value = segment.getKey();
                String other = names.putIfAbsent(value, name);
                Integer elsewhere = values.putIfAbsent(NamedMasks.plain(name), value);
                boolean sameName = other == null || NamedMasks.plain(other).equals(NamedMasks.plain(name));
                if (!sameName || (elsewhere != null && elsewhere != value)) {
                    return Optional.of(
                            "the value " + value + " of " + mask.getKey().getFileName() + " is '" + name + "', "
                                    + (sameName ? "which is also the value " + elsewhere : "but also '" + other + "'"));
                }
            }
        }
        return Optional.empty();
    }

    /** In how many masks each name is, by its first spelling, in the order in which they come. */
    public Map<String, Integer> counts() {
        Map<String, String> spelled = new HashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Map<Integer, SegmentNames.Segment> segments : named.values()) {
            Set<String> here = new TreeSet<>();
            for (SegmentNames.Segment segment : segments.values()) {
                String name = spelled.computeIfAbsent(NamedMasks.plain(segment.name()), plain -> segment.name());
                if (here.add(name)) {
                    counts.merge(name, 1, Integer::sum);
                }
            }
        }
        return counts;
    }
}
