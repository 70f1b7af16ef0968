package io.github.transfuse.image;

import ij.gui.Roi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes of ROIs. Each group is a class, called as its ROIs are if they agree; a ROI without a group is of the class of
 * its name. Numbers of names, as in {@code tumour 3}, do not count, unless several ROIs have the same: then they belong to
 * the name.
 */
final class RoiClasses {
    /** Without classes. */
    static final RoiClasses NONE = new RoiClasses(List.of(), Map.of());

    /** What nameless ROIs are taken for. */
    static final String NAMELESS = "region";

    private static final int MAX_CLASSES = 254;

    private final List<String> names;
    private final Map<String, Integer> values;

    private RoiClasses(List<String> names, Map<String, Integer> values) {
        this.names = List.copyOf(names);
        this.values = Map.copyOf(values);
    }

    /** In the order of their values, from 1. */
    List<String> names() {
        return names;
    }

    /** That of a ROI, from 1. */
    int value(Roi roi) {
        return values.getOrDefault(key(RoiName.of(roi)), 1);
    }

    /** All ROIs of one class; called as they are, if they agree. */
    static RoiClasses one(List<Roi> rois) {
        Set<String> words = new HashSet<>();
        rois.forEach(roi -> words.add(RoiName.of(roi).words()));
        String only = words.size() == 1 ? words.iterator().next() : "";
        return new RoiClasses(
                List.of(only.isEmpty() || only.equals(RoiName.OVERLAY.strip()) ? NAMELESS : only), Map.of());
    }

    /**
     * Those of groups and names.
     *
     * @throws UnsupportedImageException if a ROI has neither, while others have; or if there are more classes than a class
     *     map holds
     */
    static RoiClasses of(String title, List<Roi> rois) throws UnsupportedImageException {
        Map<String, String> called = called(title, rois);
        if (called.size() > MAX_CLASSES) {
            throw new UnsupportedImageException(
                    title,
                    "the ROIs have " + called.size() + " different names, and each would be a class",
                    "Give the ROIs of a class one name or group, or set mask_type=instances if each is an object.");
        }
        List<String> names = new ArrayList<>(new TreeSet<>(called.values()));
        Map<String, Integer> values = new TreeMap<>();
        called.forEach((key, name) -> values.put(key, 1 + names.indexOf(name)));
        return new RoiClasses(names, values);
    }

    /**
     * Those that are known.
     *
     * @throws UnsupportedImageException if a ROI is of none of them
     */
    static RoiClasses ofKnown(String title, List<Roi> rois, List<String> names) throws UnsupportedImageException {
        List<String> low =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        Map<String, Integer> values = new TreeMap<>();
        for (Map.Entry<String, String> one : called(title, rois).entrySet()) {
            String name = one.getValue();
            int value = 1 + low.indexOf(name.toLowerCase(Locale.ROOT));
            if (value == 0 && name.matches("group \\d+")) {
                value = Integer.parseInt(name.substring(6));
            }
            if (value < 1 || value > names.size()) {
                throw new UnsupportedImageException(
                        title,
                        "ROIs are called '" + name + "', which is no class of the model (" + String.join(", ", names)
                                + ")",
                        "Name the ROIs as the classes, or give them the numbers of the classes as groups.");
            }
            values.put(one.getKey(), value);
        }
        return new RoiClasses(names, values);
    }

    private static String key(RoiName name) {
        return name.group() > 0 ? "#" + name.group() : "=" + name.full();
    }

    /** Names of classes by what their ROIs have in common. */
    private static Map<String, String> called(String title, List<Roi> rois) throws UnsupportedImageException {
        List<RoiName> all = rois.stream().map(RoiName::of).toList();
        long bare = all.stream()
                .filter(name -> name.group() == 0 && name.isNameless())
                .count();
        if (bare > 0 && bare < all.size()) {
            throw new UnsupportedImageException(
                    title,
                    bare + " of its " + all.size()
                            + " ROIs have neither a name nor a group, so their class is not known",
                    "Name them, or set mask_type=instances if each ROI is an object.");
        }
        boolean numbersCount = new HashSet<>(all.stream().map(RoiName::full).toList()).size() < all.size();
        Map<String, Set<String>> found = new TreeMap<>();
        for (RoiName name : all) {
            String called = numbersCount && name.isNumbered() ? name.full() : name.words();
            found.computeIfAbsent(key(name), key -> new TreeSet<>()).add(called);
        }
        Map<String, String> called = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        found.forEach((key, names) -> {
            String only = names.size() == 1 ? names.iterator().next() : "";
            boolean group = key.startsWith("#");
            boolean usable = !only.isEmpty() && !only.equals(RoiName.OVERLAY.strip());
            if (group && !(usable && taken.add(only))) {
                only = "group " + key.substring(1);
            }
            called.put(key, only.isEmpty() ? NAMELESS : only);
        });
        return called;
    }
}
