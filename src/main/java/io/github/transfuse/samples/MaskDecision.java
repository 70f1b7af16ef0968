package io.github.transfuse.samples;

import io.github.transfuse.model.MaskValues;
import io.github.transfuse.model.OutputSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Finds out what the values of masks mean.
 *
 * @param counts pixels of each value in all masks, without the ignored one
 * @param bits as {@link MaskPlane#bits}, the most of all masks
 * @param ignored value that is left out
 * @param kind of the model's output
 * @param example one of the masks, for messages
 * @param known classes that the masks can have
 * @param looks what else is known of the masks
 */
record MaskDecision(
        NavigableMap<Integer, Long> counts,
        int bits,
        OptionalInt ignored,
        OutputSpec.Kind kind,
        Path example,
        KnownClasses known,
        MaskLooks looks) {
    /** Values that classes may have without being asked about. */
    private static final int MAX_CLASSES = 20;

    /** Lossy formats blur two values into others this near. */
    private static final int CROWD = 40;

    private static final double CROWDED = 0.97;

    /** Two classes whose values are nearer than this cannot be told apart after a lossy format. */
    private static final int BLUR = 8;

    /** Value with which many public sets mark what is left out, such as the outlines of Pascal VOC. */
    private static final int USUALLY_IGNORED = 255;

    private static final int[] ABOVE_ZERO = {0};

    /**
     * Decides.
     *
     * @param type what the user says
     * @param known classes that the masks can have
     * @throws SamplesException if it cannot be told, or no mask has any foreground
     */
    static MaskCoding of(
            MaskType type,
            List<MaskSurvey> masks,
            Optional<Integer> ignored,
            OutputSpec.Kind kind,
            KnownClasses known) {
        NavigableMap<Integer, Long> counts = new TreeMap<>();
        masks.forEach(mask -> mask.counts().forEach((value, count) -> counts.merge(value, count, Long::sum)));
        OptionalInt left = ignored.isPresent() ? OptionalInt.of(ignored.get()) : OptionalInt.empty();
        left.ifPresent(counts::remove);
        Path example = masks.get(0).file();
        if (counts.size() < 2) {
            throw new SamplesException("The masks have no foreground: "
                    + (left.isPresent() ? "apart from the ignored value " : "")
                    + "they hold only " + counts.keySet() + ". Check that these are the masks, such as " + example
                    + ".");
        }
        int bits = masks.stream().mapToInt(MaskSurvey::bits).max().orElseThrow();
        MaskLooks looks = MaskLooks.of(masks, left);
        MaskCoding coding = new MaskDecision(counts, bits, left, kind, example, known, looks).decide(type);
        if (type != MaskType.INSTANCES && coding.rule() != MaskCoding.Rule.BOUNDARY) {
            MaskTables.requireOne(masks);
        }
        return coding;
    }

    private MaskCoding decide(MaskType type) {
        if (haveKnownValues() && (type == MaskType.CLASSES || type == MaskType.AUTO)) {
            return ranks(known.values().orElseThrow(), ", as in the training of the model");
        }
        return switch (type) {
            case BINARY -> binary();
            case CLASSES -> severalClasses();
            case INSTANCES -> instances();
            case AUTO -> automatic();
        };
    }

    private MaskCoding automatic() {
        if (kind == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            return instances();
        }
        if ((knownCount() > 2 && areKnownClasses()) || missesClasses()) {
            return severalClasses();
        }
        if (counts.size() == 2 || crowded()) {
            return binary();
        }
        if (isBlurred()) {
            throw new SamplesException("JPEG has blurred the values of masks such as " + example
                    + ", so that it cannot be told which are classes. Save masks as PNG or TIFF, or set mask_type to binary"
                    + " if the smallest value is background and all others are foreground.");
        }
        boolean few = counts.size() <= MAX_CLASSES && !looks.numbered();
        if (few && !isWide()) {
            return severalClasses();
        }
        if (few && looks.volumes() && smallest() == 0 && !hasGaps()) {
            // as nnU-Net's volumes are: programs that resample write classes in as many bits as images
            return severalClasses().withNote("; if they number objects, give mask_type=instances");
        }
        throw new SamplesException(String.format(
                Locale.ROOT,
                "It cannot be told what the %s values of %s-bit masks such as %s mean. Set mask_type to instances if"
                        + " they number objects, to classes if they are class indices, or to binary if the smallest is"
                        + " background and all others are foreground.",
                counts.size() >= MaskSurvey.MAX_VALUES ? "many" : Integer.toString(counts.size()),
                bits,
                example));
    }

    /** Whether there is room for more values than classes usually have. */
    private boolean isWide() {
        return bits > Byte.SIZE && bits != MaskPlane.COLOR;
    }

    private int smallest() {
        return counts.firstKey();
    }

    private int largest() {
        return counts.lastKey();
    }

    /** Whether all values are among those of known classes that are not indices. */
    private boolean haveKnownValues() {
        return kind != OutputSpec.Kind.BOUNDARY_INSTANCES
                && known.values()
                        .filter(values -> values.colored() == (bits == MaskPlane.COLOR))
                        .filter(values -> values.values().containsAll(counts.keySet()))
                        .isPresent();
    }

    private int knownCount() {
        return known.count().orElse(0);
    }

    /** Whether nearly all values are near the smallest or the largest one, as after saving two values as JPEG. */
    private boolean crowded() {
        long near = 0;
        long all = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            all += entry.getValue();
            int distance = Math.min(entry.getKey() - smallest(), largest() - entry.getKey());
            near += distance <= CROWD ? entry.getValue() : 0;
        }
        boolean blurred = counts.size() > MAX_CLASSES || looks.lossy() || isAtBothEnds();
        return bits == 8 && blurred && largest() - smallest() > 2 * CROWD && near > CROWDED * all;
    }

    /**
     * Whether neighbouring values at the bright end, as 254 and 255, are what JPEG left of one, whatever the format is now. Beside
     * class indices two of them may mark what is left out.
     */
    private boolean isAtBothEnds() {
        int bright = counts.tailMap(largest() - BLUR, false).size();
        return largest() >= USUALLY_IGNORED - 1
                && bright > 1
                && counts.containsKey(largest() - 1)
                && counts.headMap(bright > 2 ? BLUR : 2, false).size() == counts.size() - bright;
    }

    /** Whether values lie so near to each other as a lossy format puts them. */
    private boolean isBlurred() {
        return looks.lossy()
                && counts.size() > 2
                && counts.keySet().stream()
                        .map(counts::lowerEntry)
                        .filter(Objects::nonNull)
                        .anyMatch(lower -> counts.higherKey(lower.getKey()) - lower.getKey() < BLUR);
    }

    private MaskCoding binary() {
        int above = crowded() ? (smallest() + largest()) / 2 : smallest();
        return coding(
                MaskCoding.Rule.ABOVE,
                new int[] {above},
                counts.size() == 2
                        ? "masks: " + shown(smallest()) + " is background, " + shown(largest()) + " foreground"
                        : "masks: values above " + shown(above) + " are foreground");
    }

    /** Whether the values are indices of the classes that are known, of which some may be missing. */
    private boolean areKnownClasses() {
        return bits != MaskPlane.COLOR && largest() < knownCount();
    }

    /** Whether there are fewer values than known classes, of which there are several. */
    private boolean missesClasses() {
        return knownCount() > 2 && counts.size() < knownCount();
    }

    /** Whether there is a background, but not every index up to the largest. */
    private boolean hasGaps() {
        return smallest() == 0 && counts.size() <= largest();
    }

    /**
     * Small whole numbers without gaps, or with those of known classes, are class indices; other values, such as 0, 2, 5,
     * or 0, 128, 255, or colours, are classes in order.
     */
    private MaskCoding severalClasses() {
        boolean small = largest() < MAX_CLASSES && !hasGaps();
        boolean indices = bits != MaskPlane.COLOR && (small || areKnownClasses() || counts.size() > MAX_CLASSES);
        if (indices && largest() < Example.FOREGROUND) {
            return coding(
                    MaskCoding.Rule.INDEX, new int[] {largest()}, "masks: values are class indices 0 to " + largest());
        }
        if (missesClasses()) {
            throw new SamplesException("The masks, such as " + example + ", hold "
                    + String.join(
                            ", ", counts.keySet().stream().map(this::shown).toList())
                    + ": fewer values than the background and the " + (knownCount() - 1)
                    + " classes, so that it cannot be told which class is which. Save classes as 0 (background), 1, 2"
                    + " and so on.");
        }
        if (counts.size() > MAX_CLASSES) {
            throw new SamplesException("The masks, such as " + example + ", have more than " + MAX_CLASSES
                    + " values up to " + shown(largest())
                    + ". Save classes as 0 (background), 1, 2 and so on, or set mask_type=instances.");
        }
        return ranks(new MaskValues(List.copyOf(counts.keySet()), bits == MaskPlane.COLOR), "")
                .withNote(
                        marksWhatIsLeftOut()
                                ? "; if " + USUALLY_IGNORED + " marks what is to be left out, give ignore_label="
                                        + USUALLY_IGNORED
                                : "")
                .withNote(
                        looks.single()
                                ? "; no mask holds two of them: if all mean the same, give mask_type=binary"
                                : "");
    }

    /** Whether there are class indices without gaps, and far from them the value that often is none. */
    private boolean marksWhatIsLeftOut() {
        return bits == 8
                && ignored.isEmpty()
                && smallest() == 0
                && largest() == USUALLY_IGNORED
                && counts.lowerKey(largest()) == counts.size() - 2;
    }

    private MaskCoding ranks(MaskValues values, String origin) {
        int[] ascending = values.values().stream().mapToInt(Integer::intValue).toArray();
        return coding(
                MaskCoding.Rule.RANK,
                ascending,
                "masks: classes in order are " + String.join(", ", values.shown()) + origin
                        + "; the model numbers them from 0 to " + (ascending.length - 1));
    }

    private MaskCoding instances() {
        if (largest() == 0 || bits == MaskPlane.COLOR) {
            throw new SamplesException("Masks of instances must number the objects, but " + example
                    + " holds colours. Save objects as 1, 2 and so on in 16 bits.");
        }
        return kind == OutputSpec.Kind.BOUNDARY_INSTANCES
                ? coding(MaskCoding.Rule.BOUNDARY, ABOVE_ZERO, "masks: objects are learned as interior and boundary")
                : coding(MaskCoding.Rule.ABOVE, ABOVE_ZERO, "masks: all objects are foreground");
    }

    private MaskCoding coding(MaskCoding.Rule rule, int[] values, String note) {
        String with = ignored.isPresent() ? note + "; " + shown(ignored.getAsInt()) + " is left out" : note;
        return new MaskCoding(rule, values.clone(), bits == MaskPlane.COLOR, ignored, with);
    }

    private String shown(int value) {
        return bits == MaskPlane.COLOR ? String.format(Locale.ROOT, "#%06x", value) : Integer.toString(value);
    }
}
