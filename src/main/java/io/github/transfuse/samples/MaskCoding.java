package io.github.transfuse.samples;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.labels.BoundaryTargets;
import io.github.transfuse.model.MaskValues;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * What the values of a data set's masks mean, found out once for all of them.
 *
 * @param rule how a value becomes a class
 * @param values for {@link Rule#RANK}: the value of each class in order; the value above which is foreground for
 *     {@link Rule#ABOVE}; the greatest class for {@link Rule#INDEX}
 * @param colored whether values are colours
 * @param ignored value that is left out
 * @param note for people
 * @param names that tell the classes of masks which name their values
 */
public record MaskCoding(Rule rule, int[] values, boolean colored, OptionalInt ignored, String note, NamedMasks names)
        implements Serializable {

    /** How a value becomes a class. */
    public enum Rule {
        /** Everything above a value is foreground. */
        ABOVE,
        /** Values are classes in their order. */
        RANK,
        /** Values are class indices. */
        INDEX,
        /** Values number objects that are learned as background, interior and boundary. */
        BOUNDARY
    }

    /** Of objects learned as interior and boundary, in pixels. */
    private static final int BOUNDARY_THICKNESS = 2;

    /** For masks whose values have no names. */
    public MaskCoding(Rule rule, int[] values, boolean colored, OptionalInt ignored, String note) {
        this(rule, values, colored, ignored, note, NamedMasks.NONE);
    }

    /** The same, with more to say. */
    MaskCoding withNote(String more) {
        return new MaskCoding(rule, values, colored, ignored, note + more, names);
    }

    /** The same for values that are those of classes by these names. */
    MaskCoding named(NamedMasks told) {
        String more = told.note().isEmpty() ? "" : "; " + told.note();
        return new MaskCoding(rule, values, colored, ignored, note + more, told);
    }

    /**
     * All planes of a mask, those of a stack in order, with the values that are meant here.
     *
     * @param file of the mask
     * @param mask read from it
     * @throws IOException if the names of its values cannot be read
     */
    List<MaskPlane> planes(Path file, CalibratedImage mask) throws IOException {
        return names.of(file, MaskPlane.of(file, mask));
    }

    /** Network outputs that the masks call for: 1 for a foreground, otherwise classes including the background. */
    public int classes() {
        return switch (rule) {
            case ABOVE -> 1;
            case RANK -> values.length;
            case INDEX -> values[0] + 1;
            case BOUNDARY -> 3;
        };
    }

    /** The values of classes, where they are not indices and so have to be remembered. */
    public Optional<MaskValues> maskValues() {
        return rule == Rule.RANK
                ? Optional.of(new MaskValues(Arrays.stream(values).boxed().toList(), colored))
                : Optional.empty();
    }

    /** Class of a value; {@link Example#IGNORED} where left out, -1 where the value means nothing. */
    private int classOf(int value) {
        if (ignored.isPresent() && ignored.getAsInt() == value) {
            return Example.IGNORED;
        }
        return switch (rule) {
            case ABOVE -> value > values[0] ? 1 : 0;
            case RANK -> Math.max(-1, Arrays.binarySearch(values, value));
            case INDEX -> value <= values[0] ? value : -1;
            // an object's number is no class: 255 is not left out
            case BOUNDARY -> Math.min(1, value);
        };
    }

    /** Classes that these values stand for, without ignored ones. */
    Set<Integer> classesOf(Set<Integer> found) {
        Set<Integer> classes = new TreeSet<>();
        for (int value : found) {
            int index = classOf(value);
            if (index != Example.IGNORED) {
                classes.add(index);
            }
        }
        return classes;
    }

    /**
     * Class indices of a plane, [H, W]; {@link Example#IGNORED} where left out.
     *
     * @throws SamplesException at a value that means nothing
     */
    byte[] classes(MaskPlane plane, String name) {
        boolean greyAmongColored = colored && plane.bits() != MaskPlane.COLOR;
        byte[] classes = new byte[plane.values().length];
        for (int i = 0; i < classes.length; i++) {
            int value = greyAmongColored ? plane.values()[i] * 0x010101 : plane.values()[i];
            int index = classOf(value);
            if (index < 0) {
                throw new SamplesException("The mask of " + name + " holds the value " + value
                        + ", which the other masks do not have as a class. Correct it, or choose another mask_type.");
            }
            classes[i] = (byte) (rule == Rule.BOUNDARY && index != Example.IGNORED ? 0 : index);
        }
        return rule == Rule.BOUNDARY ? boundaries(plane, classes) : classes;
    }

    private static byte[] boundaries(MaskPlane plane, byte[] ignoredOnly) {
        int[] objects = plane.values().clone();
        for (int i = 0; i < objects.length; i++) {
            objects[i] = (ignoredOnly[i] & 0xFF) == Example.IGNORED ? 0 : objects[i];
        }
        Img<UnsignedByteType> targets =
                BoundaryTargets.of(ArrayImgs.ints(objects, plane.width(), plane.height()), BOUNDARY_THICKNESS);
        byte[] classes = ignoredOnly.clone();
        int i = 0;
        for (UnsignedByteType target : targets) {
            classes[i] = (classes[i] & 0xFF) == Example.IGNORED ? classes[i] : (byte) target.get();
            i++;
        }
        return classes;
    }

    /** What may be empty does not travel between computers as it is. */
    private Object writeReplace() {
        return new Packed(
                rule, values, colored, ignored.isPresent() ? List.of(ignored.getAsInt()) : List.of(), note, names);
    }

    private record Packed(
            Rule rule, int[] values, boolean colored, List<Integer> ignored, String note, NamedMasks names)
            implements Serializable {
        private Object readResolve() {
            OptionalInt left = ignored.stream().mapToInt(Integer::intValue).findFirst();
            return new MaskCoding(rule, values, colored, left, note, names);
        }
    }
}
