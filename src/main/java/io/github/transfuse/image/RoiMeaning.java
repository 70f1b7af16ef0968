package io.github.transfuse.image;

import ij.gui.Roi;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ROIs are as truth to learn from, and how masks drawn from them are called. */
public enum RoiMeaning {
    /** Each is an object. */
    OBJECTS("instances"),
    /** Each group is a class, or each name without its number. */
    CLASSES("classes"),
    /** All are one class. */
    ONE("binary");

    private final String maskType;

    RoiMeaning(String maskType) {
        this.maskType = maskType;
    }

    /** The value of {@code mask_type}. */
    public String maskType() {
        return maskType;
    }

    /** The meaning with this value of {@code mask_type}; empty for {@code auto}. */
    public static Optional<RoiMeaning> of(String maskType) {
        return Arrays.stream(values())
                .filter(meaning -> meaning.maskType.equals(maskType))
                .findFirst();
    }

    /**
     * What names and groups say; empty if that is unclear.
     *
     * <ul>
     *   <li>Nameless ROIs, and those called {@code nucleus 12} as this plugin calls objects, are objects.
     *   <li>Outlines of a class map of this plugin, whose numbers are their groups, are classes.
     *   <li>ROIs that all have a group or a name of several that are alike, are classes.
     * </ul>
     *
     * @param rois with areas
     */
    static Optional<RoiMeaning> guess(List<Roi> rois) {
        return ofNames(rois.stream().map(RoiName::of).toList());
    }

    /** The same of the names alone. */
    public static Optional<RoiMeaning> ofNames(List<RoiName> names) {
        if (names.stream().allMatch(RoiName::ofClass)) {
            return Optional.of(CLASSES);
        }
        Set<Integer> groups = new HashSet<>();
        Set<String> words = new HashSet<>();
        names.forEach(name -> groups.add(name.group()));
        names.stream().filter(name -> !name.isNameless()).forEach(name -> words.add(name.words()));
        if (names.stream().allMatch(name -> name.isNumbered() || name.isNameless())) {
            return ofNumbered(names, groups, words);
        }
        boolean all = names.stream().noneMatch(name -> name.isNameless() && name.group() == 0);
        boolean grouped = !groups.contains(0);
        boolean ungrouped = groups.equals(Set.of(0));
        boolean alike = grouped ? groups.size() < names.size() : words.size() < names.size();
        return all && (grouped || ungrouped) && (alike || names.size() == 1) ? Optional.of(CLASSES) : Optional.empty();
    }

    private static Optional<RoiMeaning> ofNumbered(List<RoiName> names, Set<Integer> groups, Set<String> words) {
        if (words.isEmpty() && groups.size() > 1 && !groups.contains(0)) {
            return Optional.of(CLASSES);
        }
        boolean classMap = names.stream().allMatch(name -> name.isNumbered() && name.group() == name.number());
        if (classMap) {
            return groups.size() > 1 ? Optional.of(CLASSES) : Optional.empty();
        }
        // This plugin gives all objects of a class the group 1; what is drawn by hand besides has none
        boolean handDrawn = groups.equals(Set.of(0)) && words.size() <= 1;
        boolean corrected = words.size() == 1
                && names.stream().allMatch(name -> name.group() == (name.isNumbered() ? 1 : 0) || name.group() == 1);
        return handDrawn || corrected ? Optional.of(OBJECTS) : Optional.empty();
    }
}
