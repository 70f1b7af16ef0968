package io.github.transfuse.samples;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Groups that the names of images suggest, such as a patient of several slices: {@code case07_slice3} and {@code
 * case07_slice4} are of {@code case07}, {@code 12L} and {@code 12R} of {@code 12}. Names may suggest what is not so, and are
 * believed only where that does no harm.
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
     * The groups of images by their names.
     *
     * @return by the stems of pairs; empty if names do not look like those of groups
     */
    static Map<String, String> of(Collection<Pair> pairs) {
        Map<String, String> groups = new HashMap<>();
        Set<String> images = new HashSet<>();
        for (Pair pair : pairs) {
            String image = PartNames.imageOf(pair.stem());
            images.add(image);
            of(image).ifPresent(group -> groups.put(pair.stem(), group));
        }
        int count = new HashSet<>(groups.values()).size();
        boolean telling = count > 1 && groups.size() == pairs.size() && images.size() >= MEAN_SIZE * count;
        return telling ? groups : Map.of();
    }

    /**
     * Images of one group of which the first is learned and the second judges.
     *
     * @return one pair of names a group, in the order of the groups; empty if names do not look like those of groups
     */
    static Map<String, String> onBothSides(Split split) {
        Map<String, String> groups = of(Stream.concat(split.training().stream(), split.validation().stream())
                .toList());
        Map<String, String> learned = new HashMap<>();
        for (Pair pair : split.training()) {
            Optional.ofNullable(groups.get(pair.stem())).ifPresent(group -> learned.putIfAbsent(group, pair.stem()));
        }
        Map<String, String> both = new TreeMap<>();
        for (Pair pair : split.validation()) {
            Optional.ofNullable(groups.get(pair.stem()))
                    .map(learned::get)
                    .filter(stem -> !PartNames.imageOf(stem).equals(PartNames.imageOf(pair.stem())))
                    .ifPresent(stem -> both.putIfAbsent(stem, pair.stem()));
        }
        return both;
    }
}
