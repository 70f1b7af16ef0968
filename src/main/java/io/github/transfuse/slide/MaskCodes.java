package io.github.transfuse.slide;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.training.ClassList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which value drawings have in masks: 0 is background. Of areas, 1 and on are classes, and {@value #IGNORED} is left out in
 * training; of objects, 1 and on number them, and {@value #IGNORED_NUMBER} is left out.
 *
 * @param classes in the order of their values; of objects there is one
 * @param sparse whether {@code Background} is drawn, and all that is not drawn is left out
 * @param learned what masks show
 */
record MaskCodes(List<OutputSpec.ClassSpec> classes, boolean sparse, Learned learned) {
    /** Value that training is to leave out in masks of areas. */
    static final int IGNORED = Example.IGNORED;

    /** Value that training is to leave out in masks of objects. */
    static final int IGNORED_NUMBER = 0xffff;

    /** The greatest value that a training takes for a class. */
    static final int MAX_CODE = Example.FOREGROUND - 1;

    /** Between the names of classes that are learned as one. */
    private static final String AND = ", ";

    /** Between a class of QuPath and what is told of it, as in {@code Tumor: Positive}. */
    private static final String OF = ": ";

    /** Those of the list beside a folder of masks, if there is one. */
    static MaskCodes beside(Path masks, boolean sparse, Learned learned) throws IOException {
        return new MaskCodes(ClassList.beside(masks).orElse(List.of()), sparse, learned);
    }

    /**
     * With the classes of drawings, too; those that have a value keep it.
     *
     * @throws SlideException if there are more classes than a mask can hold
     */
    MaskCodes with(List<Drawing> drawings) {
        Map<String, Integer> added = new TreeMap<>();
        drawings.stream().filter(this::isClass).forEach(drawing -> added.put(drawing.kind(), drawing.color()));
        return new MaskCodes(learned == Learned.OBJECTS ? one(added) : several(added), sparse, learned);
    }

    private List<OutputSpec.ClassSpec> several(Map<String, Integer> added) {
        List<OutputSpec.ClassSpec> all = new ArrayList<>(classes);
        classes.forEach(known -> added.remove(known.name()));
        added.forEach((name, color) -> all.add(new OutputSpec.ClassSpec(name, color)));
        if (all.size() > MAX_CODE) {
            throw new SlideException(
                    "There are " + all.size() + " classes in the regions, but masks hold at most " + MAX_CODE
                            + ". Nothing was exported. Merge classes, or let the names of those that are not to be learned end"
                            + " in *.");
        }
        return List.copyOf(all);
    }

    /** Objects are of one class: that of all of them, or what their classes have in common, or all names. */
    private List<OutputSpec.ClassSpec> one(Map<String, Integer> added) {
        Set<String> names = new TreeSet<>(added.keySet());
        classes.forEach(known -> names.addAll(Arrays.asList(known.name().split(AND, -1))));
        if (names.isEmpty()) {
            return List.of();
        }
        Set<String> bases =
                names.stream().map(name -> name.split(OF, -1)[0]).collect(Collectors.toCollection(TreeSet::new));
        int color = classes.isEmpty()
                ? added.values().iterator().next()
                : classes.get(0).color();
        return List.of(new OutputSpec.ClassSpec(
                String.join(AND, names.size() == 1 || bases.size() > 1 ? names : bases), color));
    }

    /** Whether a drawing is of a class that is learned. */
    boolean isClass(Drawing drawing) {
        return !drawing.isRegion() && !drawing.isIgnored() && !isGround(drawing);
    }

    /** Background may be a class among others, but is no object. */
    private boolean isGround(Drawing drawing) {
        return (sparse || learned == Learned.OBJECTS) && drawing.isBackground();
    }

    /** Value of all that is not drawn. */
    int ground() {
        return sparse ? ignored() : 0;
    }

    /** Value of what is left out. */
    int ignored() {
        return learned == Learned.OBJECTS ? IGNORED_NUMBER : IGNORED;
    }

    /**
     * Value of a drawing that is no region, and whose class is known.
     *
     * @param number of the object in its mask, from 1 on
     */
    int value(Drawing drawing, int number) {
        if (drawing.isIgnored()) {
            return ignored();
        }
        if (isGround(drawing)) {
            return 0;
        }
        return learned == Learned.OBJECTS
                ? number
                : 1 + classes.stream().map(OutputSpec.ClassSpec::name).toList().indexOf(drawing.kind());
    }
}
