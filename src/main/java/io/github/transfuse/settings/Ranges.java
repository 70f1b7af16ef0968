package io.github.transfuse.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Numbers of slices or frames, counted from 1, written as {@code 1,4-6,9-}; the last one reaches to the end.
 *
 * @param spans in the order in which they were written
 */
public record Ranges(List<Span> spans) {
    private static final String NUMBER = "[1-9]\\d{0,8}";
    private static final Pattern SPAN = Pattern.compile("(" + NUMBER + ")(?:(-)(" + NUMBER + ")?)?");
    private static final int OPEN = Integer.MAX_VALUE;

    /** Copies the list. */
    public Ranges {
        spans = List.copyOf(spans);
    }

    /**
     * Numbers that follow each other.
     *
     * @param first at least 1
     * @param last {@link Integer#MAX_VALUE} for the end, whichever it is
     */
    public record Span(int first, int last) {
        @Override
        public String toString() {
            return first == last ? "" + first : first + "-" + (last == OPEN ? "" : last);
        }
    }

    /** Empty if the text is none of ranges. */
    static Optional<Ranges> read(String text) {
        List<Span> spans = new ArrayList<>();
        for (String part : text.replaceAll("\\s", "").split(",", -1)) {
            Matcher span = SPAN.matcher(part);
            if (!span.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(span.group(1));
            boolean open = span.group(2) != null && span.group(3) == null;
            int last = open ? OPEN : span.group(3) == null ? first : Integer.parseInt(span.group(3));
            if (last < first) {
                return Optional.empty();
            }
            spans.add(new Span(first, last));
        }
        return Optional.of(new Ranges(spans));
    }

    /** Whether a number, counted from 1, is one of them. */
    public boolean contains(long number) {
        return spans.stream().anyMatch(span -> span.first <= number && number <= span.last);
    }

    /** The largest number that is named. */
    public int largest() {
        return spans.stream()
                .mapToInt(span -> span.last == OPEN ? span.first : span.last)
                .max()
                .orElseThrow();
    }

    /** Whether they are all numbers from 1 to a number. */
    public boolean isAll(long count) {
        long[] inside = new long[] {1};
        spans.stream()
                .sorted((a, b) -> Integer.compare(a.first, b.first))
                .filter(span -> span.first <= inside[0])
                .forEach(span -> inside[0] = Math.max(inside[0], span.last + 1L));
        return inside[0] > count;
    }

    /** The numbers themselves, if all ranges end. */
    static Optional<String> expanded(String text, int most) {
        Optional<Ranges> ranges = read(text);
        boolean written = ranges.isPresent() && ranges.get().spans.stream().allMatch(span -> span.last <= most);
        return written
                ? Optional.of(ranges.get().spans.stream()
                        .flatMapToInt(span -> IntStream.rangeClosed(span.first, span.last))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",")))
                : Optional.empty();
    }

    /** As {@link #read} reads it. */
    @Override
    public String toString() {
        return spans.stream().map(Span::toString).collect(Collectors.joining(","));
    }
}
