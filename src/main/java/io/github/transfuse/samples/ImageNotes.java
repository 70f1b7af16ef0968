package io.github.transfuse.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What was said of images while they were read: each sentence once, with the images where it is not true of all. */
final class ImageNotes {
    private static final int SHOWN = 3;

    private final Map<String, Set<String>> images = new ConcurrentSkipListMap<>();

    /** Keeps a sentence about an image; threads may call it together. */
    void add(String sentence, String stem) {
        images.computeIfAbsent(sentence, s -> new ConcurrentSkipListSet<>()).add(stem);
    }

    /**
     * The sentences, sorted.
     *
     * @param count of all images
     */
    List<String> sentences(int count) {
        List<String> sentences = new ArrayList<>();
        images.forEach((sentence, stems) -> {
            boolean all = stems.size() == count || stems.stream().anyMatch(sentence::contains);
            sentences.add(all ? sentence : sentence + " (" + shown(List.copyOf(stems)) + ")");
        });
        return sentences;
    }

    /** The first names of a list, and how many there are besides. */
    static String shown(List<String> names) {
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + more;
    }
}
