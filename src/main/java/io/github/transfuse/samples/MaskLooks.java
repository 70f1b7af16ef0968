package io.github.transfuse.samples;

import java.util.List;
import java.util.OptionalInt;

/**
 * What masks look like, beside their values.
 *
 * @param numbered whether the values of each look like numbers of objects
 * @param lossy whether their format blurs values
 * @param volumes whether each has several planes
 * @param single whether none holds two values beside a background
 */
record MaskLooks(boolean numbered, boolean lossy, boolean volumes, boolean single) {

    /**
     * Looks at masks.
     *
     * @param left a value that is left out
     */
    static MaskLooks of(List<MaskSurvey> masks, OptionalInt left) {
        return new MaskLooks(
                MaskSurvey.numberObjects(masks),
                masks.stream().allMatch(MaskSurvey::isLossy),
                masks.stream().allMatch(mask -> mask.planes() > 1),
                masks.stream().allMatch(mask -> values(mask, left) <= 2));
    }

    private static long values(MaskSurvey mask, OptionalInt left) {
        return mask.counts().keySet().stream()
                .filter(value -> left.isEmpty() || value != left.getAsInt())
                .count();
    }
}
