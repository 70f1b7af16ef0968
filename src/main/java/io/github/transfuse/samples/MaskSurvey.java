package io.github.transfuse.samples;

import io.github.transfuse.image.MaskColors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which values a mask holds.
 *
 * @param file the mask
 * @param bits as {@link MaskPlane#bits}
 * @param counts pixels of each value; beyond {@value #MAX_VALUES} values, further ones are left out
 * @param objects how many values beside 0 there are, if they run from 1 without a gap and each is one region in each plane,
 *     as numbers of objects are; else -1
 * @param planes how many there are
 * @param colors as {@link MaskColors#of}
 */
record MaskSurvey(
        Path file, int bits, Map<Integer, Long> counts, int objects, int planes, Map<Integer, Integer> colors) {

    /** Fewer regions than these may well be classes. */
    private static final int FEW = 4;

    /** So many values are told apart: all of 8 bits. */
    static final int MAX_VALUES = 256;

    /** Of a single plane without colours. */
    MaskSurvey(Path file, int bits, Map<Integer, Long> counts, int objects) {
        this(file, bits, counts, objects, 1, Map.of());
    }

    /** Looks at a mask, whose values may be those of classes by names. */
    static MaskSurvey of(Path file, NamedMasks names) throws IOException {
        List<MaskPlane> planes = names.of(file, MaskPlane.read(file));
        int bits = planes.stream().mapToInt(MaskPlane::bits).max().orElseThrow();
        Map<Integer, Long> counts = new TreeMap<>();
        for (MaskPlane plane : planes) {
            boolean greyAmongColored = bits == MaskPlane.COLOR && plane.bits() < bits;
            for (int value : plane.values()) {
                count(counts, greyAmongColored ? value * 0x010101 : value);
            }
        }
        // values of a volume may be few whatever its bits
        boolean few = bits == Byte.SIZE || (planes.size() > 1 && counts.size() < MAX_VALUES);
        int objects = few ? objects(planes, counts) : -1;
        return new MaskSurvey(file, bits, counts, objects, planes.size(), MaskColors.of(file));
    }

    /** Whether its format changes values a little: JPEG does, by its name as by its contents. */
    boolean isLossy() {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g");
    }

    private static void count(Map<Integer, Long> counts, int value) {
        if (counts.size() < MAX_VALUES || counts.containsKey(value)) {
            counts.merge(value, 1L, Long::sum);
        }
    }

    static int objects(List<MaskPlane> planes, Map<Integer, Long> counts) {
        int largest = counts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (!counts.containsKey(0) || largest != counts.size() - 1) {
            return -1;
        }
        return largest < 2 || planes.stream().allMatch(MaskSurvey::isInOnePieceEach) ? largest : -1;
    }

    /** Whether no value beside 0 is in two places that do not touch, not even at corners. */
    private static boolean isInOnePieceEach(MaskPlane plane) {
        int[] values = plane.values();
        boolean[] seen = new boolean[values.length];
        int[] open = new int[values.length];
        BitSet met = new BitSet();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0 || seen[i]) {
                continue;
            }
            if (met.get(values[i])) {
                return false;
            }
            met.set(values[i]);
            seen[i] = true;
            open[0] = i;
            for (int waiting = 1; waiting > 0; ) {
                waiting = addNeighbours(plane, open[waiting - 1], seen, open, waiting - 1);
            }
        }
        return true;
    }

    private static int addNeighbours(MaskPlane plane, int at, boolean[] seen, int[] open, int waiting) {
        int width = plane.width();
        int[] values = plane.values();
        int count = waiting;
        for (int i = 0; i < 9; i++) {
            int column = at % width + i % 3 - 1;
            int next = at + (i / 3 - 1) * width + i % 3 - 1;
            boolean inside = column >= 0 && column < width && next >= 0 && next < values.length;
            if (inside && !seen[next] && values[next] == values[at]) {
                seen[next] = true;
                open[count++] = next;
            }
        }
        return count;
    }

    /** Whether masks look like numbered objects: more or fewer of them in each, or many in the only one. */
    static boolean numberObjects(List<MaskSurvey> masks) {
        IntSummaryStatistics found =
                masks.stream().mapToInt(MaskSurvey::objects).summaryStatistics();
        boolean differ = found.getMax() > found.getMin() || masks.size() == 1;
        return found.getMin() >= 0 && found.getMax() >= FEW && differ;
    }
}
