package io.github.transfuse.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what somebody who mistyped a word probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The candidate with the smallest edit distance to {@code word}; there must be one. */
    public static String nearest(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
    }

    /**
     * The candidate that somebody who mistyped it could have meant, in upper or lower case and with hyphens or underscores;
     * empty if none is so near that it is worth asking.
     */
    static Optional<String> likely(String word, Collection<String> candidates) {
        Map<String, String> plain = new TreeMap<>();
        candidates.forEach(candidate -> plain.putIfAbsent(plain(candidate), candidate));
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        String nearest = nearest(plain(word), plain.keySet());
        boolean near = distance(plain(word), nearest) <= Math.max(2, word.length() / 3);
        return near ? Optional.of(plain.get(nearest)) : Optional.empty();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "-");
    }

    /** Levenshtein distance, one row of the table at a time. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
