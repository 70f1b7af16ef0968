package io.github.transfuse.samples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares the colour tables of masks. */
final class MaskTables {
    private MaskTables() {}

    /**
     * Makes sure that a colour has the same number in all masks: else a number is of no class.
     *
     * @throws SamplesException if it has not, naming both masks
     */
    static void requireOne(List<MaskSurvey> masks) {
        Map<Integer, MaskSurvey> first = new TreeMap<>();
        for (MaskSurvey mask : masks) {
            mask.colors().forEach((color, number) -> {
                MaskSurvey before = first.putIfAbsent(color, mask);
                if (before != null && !number.equals(before.colors().get(color))) {
                    throw new SamplesException(String.format(
                            Locale.ROOT,
                            "The masks %s and %s number their colours in different ways: #%06x is %d in one and %d in the other."
                                    + " Save masks with one colour table, as RGB, or as grey.",
                            before.file(),
                            mask.file(),
                            color,
                            before.colors().get(color),
                            number));
                }
            });
        }
    }
}
