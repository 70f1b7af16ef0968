package io.github.transfuse.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * Which pairs train and which validate.
 *
 * @param training pairs to learn from
 * @param validation pairs to select the best weights with
 * @param note how the split was made, for people
 */
public record Split(List<Pair> training, List<Pair> validation, String note) {

    private static final int PARTS = 10;

    /** Copies the lists. */
    public Split {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /**
     * The project's rule: a group validates if the CRC-32 of its name modulo 10 is 0. Where this leaves no group on one
     * side, the tenth (at least one) of the groups with the smallest CRC-32 validates.
     *
     * @param group name of the group of a stem: everything of one patient, sequence or case
     * @throws SamplesException if there are fewer than two groups
     */
    public static Split byChecksum(List<Pair> pairs, UnaryOperator<String> group) {
        List<String> groups = pairs.stream()
                .map(pair -> group.apply(pair.stem()))
                .distinct()
                .sorted(Comparator.comparingLong(Split::checksum))
                .toList();
        if (groups.size() < 2) {
            throw new SamplesException(
                    "There is only one example (or one group of examples), but one is needed to learn"
                            + " from and another to validate with. Add at least one more image with its mask.");
        }
        List<String> chosen = new ArrayList<>(
                groups.stream().filter(g -> checksum(g) % PARTS == 0).toList());
        String note = "validation: groups whose CRC-32 modulo 10 is 0";
        if (chosen.isEmpty() || chosen.size() == groups.size()) {
            chosen = groups.subList(0, Math.max(1, groups.size() / PARTS));
            note = "validation: the groups with the smallest CRC-32, because modulo 10 left one side empty";
        }
        List<String> validating = chosen;
        return new Split(
                pairs.stream()
                        .filter(p -> !validating.contains(group.apply(p.stem())))
                        .toList(),
                pairs.stream()
                        .filter(p -> validating.contains(group.apply(p.stem())))
                        .toList(),
                note);
    }

    private static long checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
