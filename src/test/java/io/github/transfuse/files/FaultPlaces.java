package io.github.transfuse.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * At which of many events a fault is tried: each kind of event at its first, middle and last place, and more at random.
 * {@code -Dtransfuse.faults=100} draws so many; without it, as in every build, three places are drawn and nothing else is
 * tried. {@code -Dtransfuse.faults.seed} repeats a run.
 */
public final class FaultPlaces {
    private static final int DRAWS = Integer.getInteger("transfuse.faults", 0);
    private static final long SEED = Long.getLong("transfuse.faults.seed", System.nanoTime() % 1_000_000);

    private static final int FEW = 3;

    private FaultPlaces() {}

    /** Whether all is tried that there is time for. */
    public static boolean isFull() {
        return DRAWS > 0;
    }

    /** Number that repeats the draws. */
    public static long seed() {
        return SEED;
    }

    /**
     * Chooses.
     *
     * @param kinds of the events, in their order
     * @return places, from 1 on
     */
    public static SortedSet<Integer> of(List<String> kinds) {
        return of(kinds, DRAWS, new Random(SEED));
    }

    static SortedSet<Integer> of(List<String> kinds, int draws, Random random) {
        SortedSet<Integer> chosen = new TreeSet<>();
        if (draws > 0) {
            Map<String, List<Integer>> places = new LinkedHashMap<>();
            for (int i = 0; i < kinds.size(); i++) {
                places.computeIfAbsent(kinds.get(i), kind -> new ArrayList<>()).add(i + 1);
            }
            places.values()
                    .forEach(all ->
                            chosen.addAll(List.of(all.get(0), all.get(all.size() / 2), all.get(all.size() - 1))));
        }
        for (int most = Math.min(kinds.size(), chosen.size() + Math.max(FEW, draws)); chosen.size() < most; ) {
            chosen.add(1 + random.nextInt(kinds.size()));
        }
        return chosen;
    }
}
