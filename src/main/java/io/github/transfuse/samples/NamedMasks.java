package io.github.transfuse.samples;

import io.github.transfuse.image.SegmentNames;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Classes by the names that masks of 3D Slicer and segmentations in DICOM give to their values: the numbers of segments may
 * be others in every file, so that the name tells the class. Masks that name nothing hold the numbers of classes. It travels
 * between computers.
 */
public final class NamedMasks implements Serializable {
    private static final long serialVersionUID = 1;

    /** Values are what they are. */
    public static final NamedMasks NONE = new NamedMasks(Map.of(), -1, "", "");

    private static final int NO_CLASS = 0;

    /** Numbers of classes by the plain forms of their names; empty: values are what they are. */
    private final TreeMap<String, Integer> numbers;

    /** Value that is left out, whatever it is called; -1: none. */
    private final int ignored;

    private final String note;
    private final String doubt;

    private NamedMasks(Map<String, Integer> numbers, int ignored, String note, String doubt) {
        this.numbers = new TreeMap<>(numbers);
        this.ignored = ignored;
        this.note = note;
        this.doubt = doubt;
    }

    /**
     * Looks at the names of all masks.
     *
     * @param reading of the masks; where these show one foreground or number objects, names mean nothing
     * @param known with the names of the classes; without names, values are what they are
     * @throws SamplesException if no name is that of a class, and the same numbers have other names in other masks
     * @throws IOException if a mask cannot be read
     */
    public static NamedMasks of(List<Pair> pairs, ExampleSet.Reading reading, OutputSpec.Kind kind, KnownClasses known)
            throws IOException {
        boolean classes = reading.type() == MaskType.AUTO || reading.type() == MaskType.CLASSES;
        if (!classes || kind != OutputSpec.Kind.CLASSES || known.names().isEmpty()) {
            return NONE;
        }
        SegmentSurvey survey = SegmentSurvey.of(pairs.stream().map(Pair::mask).toList());
        if (survey.named().isEmpty()) {
            return NONE;
        }
        return new NamesToClasses(survey, known.names(), reading.ignored()).decide();
    }

    /** Numbers of classes by the names of these. */
    static NamedMasks byNames(Map<String, Integer> numbers, Optional<Integer> ignored, String note, String doubt) {
        return new NamedMasks(numbers, ignored.orElse(-1), note, doubt);
    }

    /** Values as they are, of which something is to be told. */
    static NamedMasks byValues(String note) {
        return new NamedMasks(Map.of(), -1, note, "");
    }

    /** The form in which names are compared. */
    static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** How many classes names tell; 0 where values are what they are. */
    public int count() {
        return numbers.size();
    }

    /** What is to be told of the names, as parts of a sentence; empty if nothing is. */
    String note() {
        return note;
    }

    /**
     * The same, if it is beyond doubt what each name means.
     *
     * @throws SamplesException if a mask has a name that is no class, and a class has no mask: they may be meant to be the same
     */
    public NamedMasks required() {
        if (!doubt.isEmpty()) {
            throw new SamplesException(doubt);
        }
        return this;
    }

    /**
     * The planes of a mask with the numbers of classes as values.
     *
     * @param file of the mask
     * @throws SamplesException at a value that is that of no segment
     * @throws IOException if its names cannot be read
     */
    List<MaskPlane> of(Path file, List<MaskPlane> planes) throws IOException {
        if (numbers.isEmpty() || !SegmentNames.is(file)) {
            return planes;
        }
        Map<Integer, Integer> classes = new LinkedHashMap<>();
        SegmentSurvey.names(file)
                .forEach((value, name) -> classes.put(value, numbers.getOrDefault(plain(name), NO_CLASS)));
        if (classes.isEmpty()) {
            return planes;
        }
        classes.put(0, 0);
        classes.put(ignored, ignored);
        List<MaskPlane> named = new ArrayList<>();
        for (MaskPlane plane : planes) {
            int[] values = plane.values().clone();
            for (int i = 0; i < values.length; i++) {
                Integer number = classes.get(values[i]);
                if (number == null) {
                    throw new SamplesException("The mask " + file + " holds the value " + values[i]
                            + ", which is that of none of its segments. Save it anew with all of its segments.");
                }
                values[i] = number;
            }
            named.add(new MaskPlane(plane.height(), plane.width(), Byte.SIZE, values));
        }
        return named;
    }

    /** A segmentation that has other names is as unusable as one that cannot be read. */
    static UnsupportedImageException unnamed(Path file, int value) {
        return new UnsupportedImageException(
                file,
                "its segment " + value + " has no name, but others have",
                "Name all of its segments, for instance in 3D Slicer.");
    }
}
