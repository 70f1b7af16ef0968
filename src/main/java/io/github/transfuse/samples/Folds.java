package io.github.transfuse.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nested cross-validation: each image tests once, in the fold that has neither learned it nor chosen its weights by it. What
 * belongs together, the parts of an image or all of a patient or case, is never on two sides. Names choose, not chance.
 *
 * @param uses of the images in each fold
 * @param note what is known of the patients of the images, for people
 */
public record Folds(List<UseList> uses, Optional<String> note) {

    /**
     * Makes the folds.
     *
     * @param validation the setting: {@code auto}, or a CSV file of name and group
     * @param count of folds, 2 or more
     * @throws SamplesException if there are too few images or groups, or the setting names what validates
     * @throws IOException if the file, or an image, cannot be read
     */
    public static Folds of(String validation, List<Pair> pairs, int count) throws IOException {
        Patients patients = isAuto(validation)
                ? Patients.of(pairs).orByNames(pairs, count)
                : new Patients(groups(validation, pairs), Optional.empty());
        Map<String, String> units = patients.units();
        List<String> ordered = HeldBack.inOrder(units.values());
        // one tests, one judges and one is learned
        if (ordered.size() < Math.max(count, 3)) {
            throw new SamplesException("There are " + ordered.size() + " images or groups: too few for folds=" + count
                    + ". Give " + Math.max(count, 3) + " or more, or fewer folds.");
        }
        List<UseList> folds = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            Set<String> testing = new HashSet<>();
            for (int i = fold; i < ordered.size(); i += count) {
                testing.add(ordered.get(i));
            }
            folds.add(fold(pairs, units, testing));
        }
        return new Folds(folds, patients.note());
    }

    private static boolean isAuto(String validation) {
        return validation.isBlank() || Splitting.AUTO.equalsIgnoreCase(validation.strip());
    }

    private static UseList fold(List<Pair> pairs, Map<String, String> units, Set<String> testing) {
        List<Pair> rest = pairs.stream()
                .filter(pair -> !testing.contains(units.get(pair.stem())))
                .toList();
        Map<String, UseList.Use> uses = new HashMap<>();
        pairs.forEach(pair -> uses.put(pair.stem(), UseList.Use.TEST));
        Split split = HeldBack.ofGroups(rest, units::get, "the fold");
        split.training().forEach(pair -> uses.put(pair.stem(), UseList.Use.TRAINING));
        split.validation().forEach(pair -> uses.put(pair.stem(), UseList.Use.VALIDATION));
        return new UseList(uses);
    }

    /** What each stem must stay together with, as a file has it. */
    private static Map<String, String> groups(String validation, List<Pair> pairs) throws IOException {
        Map<String, String> units = new HashMap<>();
        Path file = Path.of(validation.strip());
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") && Files.isRegularFile(file);
        if (!csv || UseList.is(file)) {
            throw new SamplesException("With folds, each image judges in turn: validation=" + validation
                    + " cannot choose. Leave it at auto, or give a CSV file of name and group.");
        }
        Map<String, String> groups = Splitting.groups(file, pairs);
        pairs.forEach(pair -> units.put(pair.stem(), groups.get(pair.stem())));
        return units;
    }
}
