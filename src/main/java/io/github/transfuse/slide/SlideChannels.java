package io.github.transfuse.slide;

import io.github.transfuse.model.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What of an image a model can be shown.
 *
 * @param channels their names
 * @param stains names of the stains that are told apart in a brightfield image; empty for others
 */
public record SlideChannels(List<String> channels, List<String> stains) {
    private static final int COLOURS = 3;

    /**
     * What was chosen.
     *
     * @param numbers of channels or of stains, from 1 on
     * @param ofStains whether they are stains
     */
    public record Chosen(List<Integer> numbers, boolean ofStains) {

        /** One channel is shown to a model of colours three times. */
        public Chosen forModel(int wanted) {
            return numbers.size() == 1 && wanted == COLOURS
                    ? new Chosen(Collections.nCopies(COLOURS, numbers.get(0)), ofStains)
                    : this;
        }
    }

    /**
     * What a text means.
     *
     * @param text names or numbers with commas between them; letters may be small or large
     * @throws SlideException that lists what there is
     */
    public Chosen chosen(String text) {
        List<Integer> numbers = new ArrayList<>();
        int ofStains = 0;
        // a name may hold a comma
        List<String> parts = isKnown(text) ? List.of(text) : Arrays.asList(text.split(",", -1));
        for (String part : parts) {
            Optional<Integer> channel = place(channels, part);
            Optional<Integer> stain = channel.isPresent() ? Optional.empty() : place(stains, part);
            ofStains += stain.isPresent() ? 1 : 0;
            numbers.add(channel.or(() -> stain).or(() -> number(part)).orElseThrow(() -> unknown(part.strip())));
        }
        if (ofStains > 0 && ofStains < parts.size()) {
            throw new SlideException("Stains and channels cannot be seen at once: " + text + ". Name "
                    + String.join(", ", stains) + ", or channels.");
        }
        return new Chosen(List.copyOf(numbers), ofStains > 0);
    }

    private boolean isKnown(String text) {
        return place(channels, text).isPresent() || place(stains, text).isPresent();
    }

    private static Optional<Integer> place(List<String> names, String name) {
        String wanted = plain(name);
        return IntStream.range(0, names.size())
                .filter(i -> plain(names.get(i)).equals(wanted))
                .mapToObj(i -> i + 1)
                .findFirst();
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private Optional<Integer> number(String text) {
        return IntStream.rangeClosed(1, channels.size())
                .filter(number -> Integer.toString(number).equals(text.strip()))
                .boxed()
                .findFirst();
    }

    private SlideException unknown(String part) {
        List<String> all = Stream.concat(channels.stream(), stains.stream()).toList();
        String meant = Spelling.likely(part, all)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse("");
        return new SlideException("The image has no channel '" + part + "'." + meant + " It has " + known() + ".");
    }

    /** Such as {@code the channels DAPI, FITC}. */
    public String known() {
        return "the channels " + String.join(", ", channels) + " (numbers 1 to " + channels.size() + ")"
                + (stains.isEmpty() ? "" : " and the stains " + String.join(", ", stains));
    }
}
