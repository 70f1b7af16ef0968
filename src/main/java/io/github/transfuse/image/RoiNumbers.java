package io.github.transfuse.image;

import ij.gui.Roi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers for ROIs. Names such as {@code nucleus 12} or, in stacks, {@code nucleus 12 z3}, keep their number, so that labels
 * that became ROIs become the same labels again; ROIs of one such name are one object. Others get the next free numbers.
 */
public final class RoiNumbers {
    /** Words, a space, a number; then the plane. */
    private static final Pattern NUMBERED = Pattern.compile("(.*\\D) (\\d{1,8})( z\\d+)?( t\\d+)?");

    private static final int MAX = 1 << 24;

    private RoiNumbers() {}

    /** A number from 1 for each ROI, in their order. */
    public static int[] of(List<Roi> rois) {
        int[] numbers = new int[rois.size()];
        Map<Integer, String> words = new HashMap<>();
        boolean kept = true;
        for (int i = 0; i < numbers.length; i++) {
            String name = rois.get(i).getName();
            Matcher match = NUMBERED.matcher(name == null ? "" : name);
            if (match.matches()) {
                numbers[i] = Integer.parseInt(match.group(2));
                String before = words.putIfAbsent(numbers[i], match.group(1));
                kept &= numbers[i] > 0 && numbers[i] <= MAX && (before == null || before.equals(match.group(1)));
            }
        }
        int next = 1;
        for (int i = 0; i < numbers.length; i++) {
            if (!kept) {
                numbers[i] = i + 1;
            } else if (numbers[i] == 0) {
                while (words.containsKey(next)) {
                    next++;
                }
                numbers[i] = next++;
            }
        }
        return numbers;
    }
}
