package io.github.transfuse.samples;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Holds back what judges a training: a fifth of the units, at least three and at most fifty, but of four only two and of fewer one. A
 * unit is an image with all of its parts, or a group. Names choose, not chance, so that a training is repeated with the same
 * images: those come first whose CRC-32 modulo 10 is smallest, then those whose CRC-32 is.
 */
final class HeldBack {
    /** One of so many is held back. */
    static final int SHARE = 5;

    private static final int FEW = 4;
    private static final int MIN_IMAGES = 3;
    private static final int MAX_IMAGES = 50;
    private static final int MIN_CASES = 2;
    private static final int DIGIT = 10;

    /** Of all images: cases of unequal sizes may take nearly all of them away. */
    private static final double MAX_SHARE_OF_CASES = 0.5;

    private HeldBack() {}

    /** How many of so many units judge. */
    static int count(int units) {
        if (units < SHARE) {
            return units < FEW ? 1 : 2;
        }
        return Math.min(MAX_IMAGES, Math.max(MIN_IMAGES, (units + SHARE - 1) / SHARE));
    }

    /** Names in the order in which they are held back. */
    static List<String> inOrder(Collection<String> names) {
        return names.stream()
                .distinct()
                .sorted(Comparator.comparingLong((String name) -> checksum(name) % DIGIT)
                        .thenComparing(HeldBack::checksum)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static long checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /**
     * Splits by images.
     *
     * @throws SamplesException if there are fewer than two examples
     */
    static Split ofImages(List<Pair> pairs) {
        Set<String> images =
                pairs.stream().map(pair -> PartNames.imageOf(pair.stem())).collect(Collectors.toSet());
        if (images.size() == 1 && pairs.size() > 1) {
            return withinOneImage(pairs);
        }
        String parts = images.size() < pairs.size() ? " with all of their parts" : "";
        return ofUnits(pairs, PartNames::imageOf, "images" + parts);
    }

    /** Splits by patients where they are known, else by the cases that names tell, else by images. */
    static Split of(List<Pair> pairs, Patients patients) {
        Split split = patients.areKnown()
                ? ofUnits(pairs, patients.units()::get, "patients, each with all scans")
                : ofCases(pairs).orElseGet(() -> ofImages(pairs));
        String note =
                patients.note().map(sentence -> split.note() + ". " + sentence).orElse(split.note());
        return new Split(split.training(), split.validation(), note, split.units());
    }

    /** Splits by what names call cases; empty if they call none, or the cases are too few or too unequal for it. */
    private static Optional<Split> ofCases(List<Pair> pairs) {
        Map<String, String> cases = NameGroups.of(pairs);
        List<String> ordered = inOrder(cases.values());
        if (ordered.size() < SHARE) {
            return Optional.empty();
        }
        // a case has several images, so that two of them judge as well as three images
        int count = Math.min(MAX_IMAGES, Math.max(MIN_CASES, (ordered.size() + SHARE - 1) / SHARE));
        String first = pairs.get(0).stem();
        String note = "validation: " + count + " of " + ordered.size() + " cases, each with all images (by its name "
                + first + " is of " + cases.get(first) + "), chosen by their names";
        return Optional.of(split(pairs, cases, ordered.subList(0, count), note))
                .filter(split -> split.validation().size() <= MAX_SHARE_OF_CASES * pairs.size());
    }

    /**
     * Splits by groups.
     *
     * @param group name of the group of a stem: everything of one patient, sequence or case
     * @param source of the groups, for people
     * @throws SamplesException if there are fewer than two groups
     */
    static Split ofGroups(List<Pair> pairs, UnaryOperator<String> group, String source) {
        return ofUnits(pairs, group, "groups of " + source);
    }

    private static Split ofUnits(List<Pair> pairs, UnaryOperator<String> unit, String word) {
        Map<String, String> units = pairs.stream().map(Pair::stem).collect(Collectors.toMap(Function.identity(), unit));
        List<String> ordered = inOrder(units.values());
        if (ordered.size() < 2) {
            throw new SamplesException(
                    "There is only one example (or one group of examples), but one is needed to learn"
                            + " from and another to validate with. Add at least one more image with its mask.");
        }
        int count = count(ordered.size());
        String note = "validation: " + count + " of " + ordered.size() + " " + word + ", chosen by their names"
                + Split.tooFew(count);
        return split(pairs, units, ordered.subList(0, count), note);
    }

    /**
     * There is nothing but parts of one image: those in its middle judge, since parts that lie together have the fewest
     * neighbours among those that are learned.
     */
    private static Split withinOneImage(List<Pair> pairs) {
        List<String> stems = pairs.stream().map(Pair::stem).sorted().toList();
        int count = count(stems.size());
        int first = (stems.size() - count) / 2;
        Map<String, String> units = stems.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        return split(
                pairs,
                units,
                stems.subList(first, first + count),
                "validation: " + count + " of " + stems.size() + " parts of one image, which resemble what is learned"
                        + Split.tooFew(1));
    }

    /** A split in which these units validate. */
    static Split split(List<Pair> pairs, Map<String, String> units, Collection<String> validating, String note) {
        Set<String> chosen = new HashSet<>(validating);
        Map<Boolean, List<Pair>> parts =
                pairs.stream().collect(Collectors.partitioningBy(pair -> chosen.contains(units.get(pair.stem()))));
        return new Split(parts.get(false), parts.get(true), note, units);
    }
}
