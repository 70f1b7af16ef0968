package io.github.transfuse.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a new model keeps of the model that it starts from, and what it does not: told before the training, because a start
 * that cannot keep its outputs or sees images in another way is worth less than it seems.
 *
 * @param from the model that is started from
 * @param to the new one
 * @param classes how its outputs are made
 */
public record KeptFromStart(ModelSpec from, ModelSpec to, ClassTransfer classes) {

    /** Where classes are found by their names. */
    public KeptFromStart(ModelSpec from, ModelSpec to) {
        this(from, to, ClassTransfer.of(from, to));
    }

    /**
     * Two sentences for people, or one where there is nothing to say in the other.
     *
     * @param start name of the model that is started from
     */
    public List<String> sentences(String start) {
        List<String> kept = new ArrayList<>();
        List<String> anew = new ArrayList<>();
        classes(kept, anew);
        kind(kept, anew);
        part(
                from.input().normalization().equals(to.input().normalization()),
                "the normalisation (" + word(from.input().normalization()) + ")",
                "the normalisation is " + word(to.input().normalization()) + " instead of "
                        + word(from.input().normalization()),
                kept,
                anew);
        part(sight(from).equals(sight(to)), sight(from), sight(to) + " instead of " + sight(from), kept, anew);
        if (from.network().channels() != to.network().channels()) {
            anew.add(to.network().channels() + " channel(s) instead of "
                    + from.network().channels());
        }
        List<String> sentences = new ArrayList<>();
        if (!kept.isEmpty()) {
            sentences.add("Kept from " + start + ": " + String.join(", ", kept) + ".");
        }
        if (!anew.isEmpty()) {
            sentences.add("Not kept from " + start + ": " + String.join("; ", anew) + ".");
        }
        return sentences;
    }

    private void classes(List<String> kept, List<String> anew) {
        List<String> same = classes.kept();
        List<String> others =
                names(to).stream().filter(name -> !same.contains(name)).toList();
        if (!same.isEmpty()) {
            kept.add("what it knows of " + String.join(", ", same));
        }
        if (!others.isEmpty()) {
            anew.add("the outputs for " + String.join(", ", others) + " start at random (it knows "
                    + String.join(", ", names(from)) + ")");
        }
    }

    private void kind(List<String> kept, List<String> anew) {
        boolean before = isOfObjects(from);
        boolean after = isOfObjects(to);
        if (before && after) {
            kept.add("objects that are told apart");
        } else if (before) {
            anew.add("objects are not told apart (mask_type=instances learns it)");
        } else if (after) {
            anew.add("it does not tell objects apart yet, which is learned now");
        }
    }

    private static void part(boolean same, String keptWords, String newWords, List<String> kept, List<String> anew) {
        (same ? kept : anew).add(same ? keptWords : newWords);
    }

    private static boolean isOfObjects(ModelSpec spec) {
        return spec.output().kind() == OutputSpec.Kind.BOUNDARY_INSTANCES;
    }

    private static List<String> names(ModelSpec spec) {
        return spec.output().classes().stream().map(OutputSpec.ClassSpec::name).toList();
    }

    private static String word(Normalization normalization) {
        return normalization.equals(Normalization.IMAGENET)
                ? "imagenet"
                : normalization.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code tiles of 256 x 256 at 0.5 micron}. */
    private static String sight(ModelSpec spec) {
        InputSpec input = spec.input();
        String what = input.rule() == InputSpec.Rule.TILE ? "tiles of " : "whole images of ";
        List<Integer> widthFirst = new ArrayList<>(input.size());
        Collections.reverse(widthFirst);
        return what
                + widthFirst.stream().map(String::valueOf).collect(Collectors.joining(" x "))
                + input.sampling()
                        .pixelSize()
                        .map(size -> " at " + size.get(size.size() - 1) + " "
                                + input.sampling().unit())
                        .orElse("");
    }
}
