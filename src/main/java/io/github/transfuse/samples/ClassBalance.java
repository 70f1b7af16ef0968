package io.github.transfuse.samples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Holds back other images where those chosen by their names would take a class out of what is learned. */
final class ClassBalance {
    private final Map<String, Set<Integer>> classesOfUnits = new LinkedHashMap<>();
    private final Set<String> heldBack = new HashSet<>();

    private ClassBalance(Split split, Function<Pair, Set<Integer>> classes) {
        for (Pair pair : all(split)) {
            classesOfUnits
                    .computeIfAbsent(split.units().get(pair.stem()), unit -> new HashSet<>())
                    .addAll(classes.apply(pair));
        }
        split.validation().forEach(pair -> heldBack.add(split.units().get(pair.stem())));
    }

    /**
     * The split, or one of as many units as far as there are any that can be missed.
     *
     * @param classes in the mask of a pair
     */
    static Split of(Split split, Function<Pair, Set<Integer>> classes) {
        if (split.units().isEmpty()) {
            return split;
        }
        ClassBalance balance = new ClassBalance(split, classes);
        if (balance.learned(balance.heldBack).containsAll(balance.learned(Set.of()))) {
            return split;
        }
        Set<String> chosen = balance.choice();
        if (chosen.isEmpty()) {
            return split;
        }
        boolean fewer = chosen.size() < balance.heldBack.size();
        return HeldBack.split(
                all(split),
                split.units(),
                chosen,
                split.note() + "; others were taken so that every class is learned"
                        + (fewer ? ", " + chosen.size() + " in all" + Split.tooFew(chosen.size()) : ""));
    }

    private static List<Pair> all(Split split) {
        List<Pair> all = new ArrayList<>(split.training());
        all.addAll(split.validation());
        return all;
    }

    private Set<Integer> learned(Collection<String> without) {
        Set<Integer> learned = new HashSet<>();
        classesOfUnits.forEach((unit, classes) -> {
            if (!without.contains(unit)) {
                learned.addAll(classes);
            }
        });
        return learned;
    }

    /** As many as were held back, those first; each only if what is left still has every class. */
    private Set<String> choice() {
        Set<Integer> all = learned(Set.of());
        List<String> order = new ArrayList<>(HeldBack.inOrder(heldBack));
        HeldBack.inOrder(classesOfUnits.keySet()).stream()
                .filter(unit -> !heldBack.contains(unit))
                .forEach(order::add);
        Set<String> chosen = new HashSet<>();
        for (String unit : order) {
            chosen.add(unit);
            if (chosen.size() > heldBack.size()
                    || chosen.size() == classesOfUnits.size()
                    || !learned(chosen).containsAll(all)) {
                chosen.remove(unit);
            }
        }
        return chosen;
    }
}
