package io.github.transfuse.slide;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which value drawings have in masks: 0 is background, 1 and on are classes, {@value #IGNORED} is left out in training.
 *
 * @param classes in the order of their values
 * @param sparse whether {@code Background} is drawn, and all that is not drawn is left out
 */
record MaskCodes(List<OutputSpec.ClassSpec> classes, boolean sparse) {
    /** Value that training is to leave out. */
    static final int IGNORED = Example.IGNORED;

    /** The greatest value that a training takes for a class. */
    static final int MAX_CODE = Example.FOREGROUND - 1;

    /** Those of the list beside a folder of masks, if there is one. */
    static MaskCodes beside(Path masks, boolean sparse) throws IOException {
        return new MaskCodes(ClassList.beside(masks).orElse(List.of()), sparse);
    }

    /**
     * With the classes of drawings, too; those that have a value keep it.
     *
     * @throws SlideException if there are more classes than a mask can hold
     */
    MaskCodes with(List<Drawing> drawings) {
        List<OutputSpec.ClassSpec> all = new ArrayList<>(classes);
        Map<String, Integer> added = new TreeMap<>();
        drawings.stream().filter(this::isClass).forEach(drawing -> added.put(drawing.kind(), drawing.color()));
        classes.forEach(known -> added.remove(known.name()));
        added.forEach((name, color) -> all.add(new OutputSpec.ClassSpec(name, color)));
        if (all.size() > MAX_CODE) {
            throw new SlideException(
                    "There are " + all.size() + " classes in the regions, but masks hold at most " + MAX_CODE
                            + ". Nothing was exported. Merge classes, or let the names of those that are not to be learned end"
                            + " in *.");
        }
        return new MaskCodes(List.copyOf(all), sparse);
    }

    /** Whether a drawing is of a class that is learned. */
    boolean isClass(Drawing drawing) {
        return !drawing.isRegion() && !drawing.isIgnored() && !isGround(drawing);
    }

    private boolean isGround(Drawing drawing) {
        return sparse && drawing.isBackground();
    }

    /** Value of all that is not drawn. */
    int ground() {
        return sparse ? IGNORED : 0;
    }

    /** Value of a drawing that is no region, and whose class is known. */
    int value(Drawing drawing) {
        if (drawing.isIgnored()) {
            return IGNORED;
        }
        if (isGround(drawing)) {
            return 0;
        }
        return 1 + classes.stream().map(OutputSpec.ClassSpec::name).toList().indexOf(drawing.kind());
    }
}
