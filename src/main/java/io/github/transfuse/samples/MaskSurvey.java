package io.github.transfuse.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which values a mask holds.
 *
 * @param file the mask
 * @param bits as {@link MaskPlane#bits}
 * @param counts pixels of each value; beyond {@value #MAX_VALUES} values, further ones are left out
 */
record MaskSurvey(Path file, int bits, Map<Integer, Long> counts) {

    /** So many values are told apart: all of 8 bits. */
    static final int MAX_VALUES = 256;

    /** Looks at a mask. */
    static MaskSurvey of(Path file) throws IOException {
        List<MaskPlane> planes = MaskPlane.read(file);
        int bits = planes.stream().mapToInt(MaskPlane::bits).max().orElseThrow();
        Map<Integer, Long> counts = new TreeMap<>();
        for (MaskPlane plane : planes) {
            boolean greyAmongColored = bits == MaskPlane.COLOR && plane.bits() < bits;
            for (int value : plane.values()) {
                count(counts, greyAmongColored ? value * 0x010101 : value);
            }
        }
        return new MaskSurvey(file, bits, counts);
    }

    private static void count(Map<Integer, Long> counts, int value) {
        if (counts.size() < MAX_VALUES || counts.containsKey(value)) {
            counts.merge(value, 1L, Long::sum);
        }
    }
}
