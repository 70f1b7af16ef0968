package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * What there is to learn, counted before a training.
 *
 * @param classes what is drawn of each class in the regions; those that are left out are not counted
 * @param training number of regions that are learned
 * @param judging number of regions that judge
 * @param lengths longest side of each drawing of a class, in pixels of what is learned
 */
public record TrainingCounts(Map<String, Count> classes, int training, int judging, List<Double> lengths) {

    /**
     * Drawings of a class, each counted once.
     *
     * @param drawn by a person
     * @param found by a program
     * @param corrected found by a program, and corrected
     * @param judging how many of all of them lie in regions that judge
     */
    public record Count(int drawn, int found, int corrected, int judging) {
        private static final Count NONE = new Count(0, 0, 0, 0);

        private Count and(Drawing drawing, boolean judges) {
            Drawing.Maker maker = drawing.maker();
            return new Count(
                    drawn + (maker == Drawing.Maker.PERSON ? 1 : 0),
                    found + (maker == Drawing.Maker.PROGRAM ? 1 : 0),
                    corrected + (maker == Drawing.Maker.CORRECTED ? 1 : 0),
                    judging + (judges ? 1 : 0));
        }

        /** Such as {@code 34 annotations, 120 detections (3 corrected by you)}. */
        private String words() {
            List<String> words = new ArrayList<>();
            if (drawn > 0) {
                words.add(Counted.of(drawn, "annotation"));
            }
            if (found + corrected > 0) {
                words.add(Counted.of(found + corrected, "detection")
                        + (corrected > 0 ? " (" + corrected + " corrected by you)" : ""));
            }
            return String.join(", ", words) + (judging > 0 ? "; " + judging + " of them judge" : "");
        }
    }

    /** Counts in the regions of images. */
    public static TrainingCounts of(Collection<SlidePieces> images, boolean sparse) {
        MaskCodes codes = new MaskCodes(List.of(), sparse, Learned.AREAS);
        Map<String, Count> classes = new TreeMap<>();
        List<Double> lengths = new ArrayList<>();
        int training = 0;
        int judging = 0;
        for (SlidePieces image : images) {
            List<Drawing> regions = image.regions();
            int judges = (int) regions.stream().filter(Drawing::isValidation).count();
            training += regions.size() - judges;
            judging += judges;
            Inside learned = new Inside(regions, false);
            Inside judged = new Inside(regions, true);
            for (Drawing drawing : image.contents()) {
                boolean judge = judged.touches(drawing);
                if (codes.isClass(drawing) && (judge || learned.touches(drawing))) {
                    classes.merge(drawing.kind(), Count.NONE.and(drawing, judge), TrainingCounts::sum);
                    drawing.pieces().forEach(piece -> lengths.add(piece.length() / image.downsample()));
                }
            }
        }
        return new TrainingCounts(classes, training, judging, List.copyOf(lengths));
    }

    private static Count sum(Count a, Count b) {
        return new Count(a.drawn + b.drawn, a.found + b.found, a.corrected + b.corrected, a.judging + b.judging);
    }

    /** The regions of an image that judge, or those that do not. */
    private static final class Inside {
        private final Map<RegionReader.Plane, List<PreparedGeometry>> shapes;

        Inside(List<Drawing> regions, boolean judging) {
            shapes = regions.stream()
                    .filter(region -> region.isValidation() == judging)
                    .collect(Collectors.groupingBy(
                            Drawing::plane,
                            Collectors.mapping(
                                    region -> PreparedGeometryFactory.prepare(region.shape()), Collectors.toList())));
        }

        boolean touches(Drawing drawing) {
            Geometry shape = drawing.shape();
            return shapes.getOrDefault(drawing.plane(), List.of()).stream()
                    .anyMatch(region -> region.intersects(shape));
        }
    }

    /** Whether there is anything to learn. */
    public boolean isEmpty() {
        return classes.isEmpty() || training + judging == 0;
    }

    /** What is learned where nobody says it. */
    public Learned fitting() {
        return Learned.fitting(kinds(), lengths);
    }

    /**
     * What a user is told before the training.
     *
     * @param learned what is learned of the drawings
     */
    public List<String> sentences(Learned learned) {
        List<String> sentences = new ArrayList<>();
        classes.forEach((name, count) -> sentences.add(name + ": " + count.words() + "."));
        sentences.add(Counted.of(training, "region") + " to learn from, " + judging + " to judge by.");
        if (!isEmpty()) {
            sentences.add(learned == Learned.OBJECTS ? objects() : areas());
        }
        return List.copyOf(sentences);
    }

    private String objects() {
        return "Each annotation is learned as one object, such as a cell; touching ones are told apart."
                + (classes.containsKey(Drawing.BACKGROUND)
                        ? " Those of the class " + Drawing.BACKGROUND + " are no objects, but background."
                        : "")
                + (areSeveral()
                        ? " All classes are learned as one: choose areas to tell classes apart."
                        : " If they are areas, such as tissue, choose areas.");
    }

    private String areas() {
        return "Annotations of a class are learned as one area, such as tissue."
                + (fitsObjects()
                        ? " Touching cells are not told apart: choose objects for that"
                                + (areSeveral() ? ", but then all classes are learned as one." : ".")
                        : "");
    }

    private boolean areSeveral() {
        return kinds() > 1;
    }

    /** Classes of which there can be objects. */
    private int kinds() {
        return classes.size() - (classes.containsKey(Drawing.BACKGROUND) ? 1 : 0);
    }

    private boolean fitsObjects() {
        return Learned.fitting(1, lengths) == Learned.OBJECTS;
    }
}
