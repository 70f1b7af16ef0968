package io.github.transfuse.image;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the classes of drawn shapes are called: as their names say; of a group as all of its shapes are called, if they agree
 * and no other group is called so. So the outlines that this plugin writes come back with the names of their classes.
 */
public final class ShapeClasses {
    private static final String GROUP = "group ";

    private final Map<Integer, String> groups;

    private ShapeClasses(Map<Integer, String> groups) {
        this.groups = Map.copyOf(groups);
    }

    /** The classes of all shapes that belong together. */
    public static ShapeClasses of(Collection<DrawnShape> shapes) {
        Map<Integer, Set<String>> words = new TreeMap<>();
        for (DrawnShape shape : shapes) {
            words.computeIfAbsent(shape.name().group(), group -> new TreeSet<>())
                    .add(shape.name().words());
        }
        words.remove(0);
        Map<Integer, String> called = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        words.forEach((group, names) -> {
            String only = names.iterator().next();
            boolean usable = names.size() == 1 && !only.isEmpty() && !only.equals(RoiName.OVERLAY.strip());
            called.put(group, usable && taken.add(only) ? only : GROUP + group);
        });
        return new ShapeClasses(called);
    }

    /** The class of one of them. */
    public String of(DrawnShape shape) {
        RoiName name = shape.name();
        if (name.group() > 0) {
            return groups.getOrDefault(name.group(), GROUP + name.group());
        }
        return name.words().isEmpty() ? DrawnShape.NAMELESS : name.words();
    }
}
