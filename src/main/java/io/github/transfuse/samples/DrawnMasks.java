package io.github.transfuse.samples;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.DrawnShape;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.image.RoiName;
import io.github.transfuse.image.ShapeClasses;
import io.github.transfuse.image.ShapeFiles;
import io.github.transfuse.image.ShapeMasks;
import io.github.transfuse.image.UnclearRoisException;
import io.github.transfuse.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Turns masks that are files of shapes, ROIs of ImageJ or GeoJSON of QuPath, into images of masks. */
public final class DrawnMasks {
    /** Of classes that mean no class to QuPath. */
    private static final String NO_CLASS = "*";

    private final List<Pair> pairs;
    private final Rule rule;
    private final Map<Pair, List<DrawnShape>> shapes =
            new TreeMap<>((a, b) -> a.stem().compareTo(b.stem()));
    private ShapeClasses called = ShapeClasses.of(List.of());

    private DrawnMasks(List<Pair> pairs, Rule rule) {
        this.pairs = pairs;
        this.rule = rule;
    }

    /**
     * How shapes become values.
     *
     * @param meaning whether each shape is an object, numbered from 1, or its class is drawn, or all are one class
     * @param ignored value for classes that end in *, which are to be left out
     * @param known names of the classes, if a model has them: the first has the value 1
     */
    public record Rule(RoiMeaning meaning, Optional<Integer> ignored, List<String> known) {
        /** Copies the list. */
        public Rule {
            known = List.copyOf(known);
        }
    }

    /**
     * Draws the masks of all pairs, each as a TIFF named as its image.
     *
     * @param masks folder to write; made if missing
     * @return names of the classes, the first of which has the value 1; of objects the one name of all, if they have one
     * @throws SamplesException if a class is not known, or all shapes of an image lie outside of it
     * @throws IOException if a file cannot be read or written
     */
    public static List<String> draw(List<Pair> pairs, Rule rule, Path masks) throws IOException {
        return new DrawnMasks(pairs, rule).draw(masks);
    }

    /**
     * What the shapes are.
     *
     * @param asked what they mean; empty: as their names and groups say
     * @throws UnclearRoisException if names and groups do not say it
     * @throws IOException if a file cannot be read
     */
    public static RoiMeaning meaning(List<Pair> pairs, Optional<RoiMeaning> asked) throws IOException {
        if (asked.isPresent()) {
            return asked.get();
        }
        List<RoiName> names = new ArrayList<>();
        for (Pair pair : pairs) {
            ShapeFiles.read(pair.mask()).forEach(shape -> names.add(shape.name()));
        }
        Optional<RoiMeaning> guessed = RoiMeaning.ofNames(names);
        if (guessed.isEmpty()) {
            throw new UnclearRoisException(pairs.get(0).mask().getFileName().toString(), names.size());
        }
        return guessed.get();
    }

    private List<String> draw(Path masks) throws IOException {
        for (Pair pair : pairs) {
            shapes.put(pair, ShapeFiles.read(pair.mask()));
        }
        called = ShapeClasses.of(shapes.values().stream().flatMap(List::stream).toList());
        List<String> classes = classes();
        Files.createDirectories(masks);
        for (Pair pair : pairs) {
            List<DrawnShape> drawn = shapes.get(pair);
            int[] values = IntStream.range(0, drawn.size())
                    .map(i -> value(drawn.get(i), i, classes))
                    .toArray();
            draw(pair, values, masks.resolve(pair.stem() + ".tif"));
        }
        return classes;
    }

    private void draw(Pair pair, int[] values, Path file) throws IOException {
        CalibratedImage image = ImageFiles.read(pair.image());
        int outside;
        try {
            outside = ShapeMasks.draw(shapes.get(pair), values, image, file);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException
                | NegativeArraySizeException e) {
            throw new UnsupportedImageException(
                    pair.mask(), "a shape in it cannot be drawn", "Save the shapes again.", e);
        }
        if (outside > 0 && outside == values.length) {
            throw new SamplesException("All shapes of " + pair.mask() + " lie outside of " + pair.image()
                    + ". Give shapes in pixels of this image.");
        }
    }

    private List<String> classes() {
        Set<String> names = new TreeSet<>();
        shapes.values().forEach(drawn -> drawn.forEach(shape -> names.add(called.of(shape))));
        boolean left = names.removeIf(name -> name.endsWith(NO_CLASS));
        if (left && rule.ignored.isEmpty()) {
            throw new SamplesException(
                    "The shapes of " + example() + " have a class that ends in *, which stands for what is left out."
                            + " Set ignore_label=255 to leave those pixels out, or remove the shapes.");
        }
        if (rule.meaning != RoiMeaning.CLASSES) {
            return names.size() == 1
                    ? List.copyOf(names)
                    : List.of(rule.meaning == RoiMeaning.OBJECTS ? "object" : DrawnShape.NAMELESS);
        }
        if (!rule.known.isEmpty()) {
            return known(names);
        }
        if (names.size() >= Example.FOREGROUND) {
            throw new SamplesException("The shapes, such as those of " + example() + ", have " + names.size()
                    + " different names, and each would be a class. Give the shapes of a class one name, or set"
                    + " mask_type=instances if each is an object.");
        }
        return List.copyOf(names);
    }

    /** A model of one class does not ask how that is called. */
    private List<String> known(Set<String> names) {
        List<String> strange = new ArrayList<>(names);
        strange.removeAll(rule.known);
        boolean one = rule.known.size() == 1 && strange.size() == names.size();
        if (!strange.isEmpty() && !one) {
            throw new SamplesException("The shapes, such as those of " + example() + ", are of " + strange
                    + ", but the model knows the classes " + rule.known + ". Rename the shapes or remove them.");
        }
        return rule.known;
    }

    private Path example() {
        return pairs.get(0).mask();
    }

    private int value(DrawnShape shape, int index, List<String> classes) {
        if (called.of(shape).endsWith(NO_CLASS)) {
            return rule.ignored.orElseThrow();
        }
        if (rule.meaning == RoiMeaning.ONE) {
            return 1;
        }
        if (rule.meaning == RoiMeaning.OBJECTS) {
            // Objects pass over the value of what is left out
            boolean after = rule.ignored.isPresent() && index + 1 >= rule.ignored.get();
            return index + (after ? 2 : 1);
        }
        return 1 + Math.max(0, classes.indexOf(called.of(shape)));
    }
}
