package io.github.transfuse.samples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Groups that the names of images suggest, such as a patient of several slices: {@code case07_slice3} and {@code
 * case07_slice4} are of {@code case07}, {@code 12L} and {@code 12R} of {@code 12}. Names may suggest what is not so: this is
 * for telling, never for choosing.
 */
final class NameGroups {
    /** A beginning with a number in it, and what counts or names the parts behind it. */
    private static final Pattern PART = Pattern.compile("(.*\\d.*?)(?:[_\\-. ]+[A-Za-z]*\\d*|(?<=\\d)[A-Za-z])");

    /** Images a group, on average, from which names look like those of groups. */
    private static final int MEAN_SIZE = 2;

    private NameGroups() {}

    /** The group that a name suggests; empty if it suggests none. */
    static Optional<String> of(String stem) {
        Matcher matcher = PART.matcher(stem);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Images of one group of which the first is learned and the second judges.
     *
     * @return one pair of names a group, in the order of the groups; empty if names do not look like those of groups
     */
    static Map<String, String> onBothSides(Split split) {
        List<String> all = Stream.concat(split.training().stream(), split.validation().stream())
                .map(pair -> PartNames.imageOf(pair.stem()))
                .distinct()
                .toList();
        Map<String, Integer> sizes = new HashMap<>();
        all.forEach(image -> of(image).ifPresent(group -> sizes.merge(group, 1, Integer::sum)));
        long grouped = sizes.values().stream().mapToLong(Integer::longValue).sum();
        boolean telling = sizes.size() > 1 && grouped == all.size() && grouped >= MEAN_SIZE * (long) sizes.size();
        if (!telling) {
            return Map.of();
        }
        Map<String, String> learned = new HashMap<>();
        split.training().forEach(pair -> of(PartNames.imageOf(pair.stem()))
                .ifPresent(group -> learned.putIfAbsent(group, pair.stem())));
        Map<String, String> both = new TreeMap<>();
        for (Pair pair : split.validation()) {
            of(PartNames.imageOf(pair.stem()))
                    .map(learned::get)
                    .filter(stem -> !both.containsKey(stem))
                    .filter(stem -> !PartNames.imageOf(stem).equals(PartNames.imageOf(pair.stem())))
                    .ifPresent(stem -> both.put(stem, pair.stem()));
        }
        return both;
    }
}
