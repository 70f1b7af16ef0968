package io.github.transfuse.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Finds what somebody who mistyped a word probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The candidate with the smallest edit distance to {@code word}, of several one of its length; there must be one. */
    static String nearest(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparingInt(candidate -> Math.abs(candidate.length() - word.length())))
                .orElseThrow();
    }

    /**
     * The candidate that somebody who mistyped it could have meant, in upper or lower case and with hyphens or underscores;
     * empty if none is so near that it is worth asking.
     */
    public static Optional<String> likely(String word, Collection<String> candidates) {
        Map<String, String> plain = new TreeMap<>();
        candidates.forEach(candidate -> plain.putIfAbsent(plain(candidate), candidate));
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        String nearest = nearest(plain(word), plain.keySet());
        // of a word that is all wrong nothing is left
        int most = Math.min(word.length() - 1, Math.max(2, word.length() / 3));
        boolean near = distance(plain(word), nearest) <= most;
        return near ? Optional.of(plain.get(nearest)) : Optional.empty();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "-");
    }

    /** Letters to insert, leave out, change, or exchange with their neighbour: Damerau's distance, three rows at a time. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(last[j], row[j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = exchanged ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
            }
        }
        return row[b.length()];
    }
}
