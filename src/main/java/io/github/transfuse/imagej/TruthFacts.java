package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.image.UnclearRoisException;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * What was found in a truth.
 *
 * @param line for people
 * @param meaning what its values mean, as the setting {@code mask_type} has it, unless the user says otherwise
 */
record TruthFacts(String line, String meaning) {
    /** The values number objects. */
    static final String OBJECTS = "instances";

    /** The values number classes. */
    static final String CLASSES = "classes";

    /** To be found out from all masks together. */
    static final String UNKNOWN = "auto";

    private static final int SHOWN = 4;

    /** Looks at all pixels of a truth. */
    static TruthFacts of(OpenTruth truth) {
        try {
            return truth.kind() == OpenTruth.Kind.LABELS ? labels(truth.labels()) : rois(truth.drawn());
        } catch (IOException | IllegalArgumentException e) {
            return new TruthFacts(Failures.message(e), UNKNOWN);
        }
    }

    private static TruthFacts rois(RoiMasks.Drawn drawn) throws IOException {
        try {
            RoiMasks rois = RoiMasks.of(List.of(drawn), Optional.empty());
            String found = rois.meaning() == RoiMeaning.OBJECTS
                    ? count(drawn.rois().size(), "object", "objects")
                    : count(rois.classes().size(), "class", "classes") + ": " + shown(rois.classes());
            return new TruthFacts(found, rois.meaning().maskType());
        } catch (UnclearRoisException e) {
            return new TruthFacts("objects or classes? Choose below", UNKNOWN);
        }
    }

    private static TruthFacts labels(ImagePlus image) throws IOException {
        if (image.getBitDepth() == 24) {
            return new TruthFacts("colours: each is one class", UNKNOWN);
        }
        LabelStack stack = LabelStack.of(Optional.empty(), Optional.of(image));
        BitSet values = new BitSet();
        for (IntType value : IterableRandomAccessibleInterval.create(stack.labels())) {
            values.set(value.get());
        }
        values.clear(0);
        int found = values.cardinality();
        if (stack.classes().areLabels()) {
            return new TruthFacts(
                    count(found, "class", "classes") + " of "
                            + shown(stack.classes().names()),
                    CLASSES);
        }
        if (found < 2) {
            return new TruthFacts(found == 0 ? "nothing: all pixels are 0" : "one value: foreground", UNKNOWN);
        }
        return new TruthFacts(count(found, "object", "objects"), OBJECTS);
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private static String shown(List<String> names) {
        return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (names.size() > SHOWN ? ", ..." : "");
    }
}
