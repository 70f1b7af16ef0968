package io.github.transfuse.samples;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/** Reads masks at their stored size as the truth that a model's results are judged by. It travels between computers. */
public final class TruthReader implements Serializable {
    private static final long serialVersionUID = 1;

    private final MaskCoding coding;
    private final boolean numbered;

    private TruthReader(MaskCoding coding, boolean numbered) {
        this.coding = coding;
        this.numbered = numbered;
    }

    /**
     * One plane of a mask, or the only one. Both images have the axes x and y.
     *
     * @param classes 0 = background; {@link Example#IGNORED} is left out
     * @param objects 0 = background; the numbers of the mask, or its connected components if it has none
     * @param numbered whether the mask numbers its objects
     */
    public record Plane(Img<UnsignedByteType> classes, RandomAccessibleInterval<IntType> objects, boolean numbered) {

        /**
         * Slices as one volume with the axes x, y and z. Its objects reach through the slices: by their numbers, or as
         * connected components along all three axes. A plane stays one.
         *
         * @param slices in order
         * @param axes of the result: 2 for a single plane, or 3
         */
        public static Plane joined(List<Plane> slices, int axes) {
            if (axes == 2) {
                return slices.get(0);
            }
            long[] plane = slices.get(0).classes.dimensionsAsLongArray();
            long[] size = {plane[0], plane[1], slices.size()};
            Img<UnsignedByteType> classes = ArrayImgs.unsignedBytes(size);
            Img<UnsignedByteType> known = ArrayImgs.unsignedBytes(size);
            Cursor<UnsignedByteType> to = classes.cursor();
            Cursor<UnsignedByteType> foreground = known.cursor();
            for (Plane slice : slices) {
                for (UnsignedByteType value : slice.classes) {
                    to.next().set(value);
                    foreground.next().set(value.get() == Example.IGNORED ? 0 : value.get());
                }
            }
            Img<IntType> objects = ArrayImgs.ints(size);
            if (slices.get(0).numbered) {
                Cursor<IntType> number = objects.cursor();
                slices.forEach(slice -> IterableRandomAccessibleInterval.create(slice.objects)
                        .forEach(value -> number.next().set(value)));
            } else {
                ConnectedComponents.of(known, Connectivity.CORNERS, objects);
            }
            return new Plane(classes, objects, slices.get(0).numbered);
        }
    }

    /**
     * Finds out what the values of these masks mean. Where a model gives objects and nothing else is said, masks of more
     * than two values number them; values of classes that the model's training had are those of the same classes.
     *
     * @throws SamplesException if that cannot be told, no mask has a foreground, or the model has fewer classes
     * @throws IOException if a mask cannot be read
     */
    public static TruthReader of(List<Pair> pairs, ExampleSet.Reading reading, ModelSpec model) throws IOException {
        NamedMasks names = names(pairs, reading, model);
        List<MaskSurvey> masks = new ArrayList<>();
        for (Pair pair : pairs) {
            masks.add(MaskSurvey.of(pair.mask(), names));
        }
        TruthReader truth = ofMasks(masks, reading, model);
        return new TruthReader(truth.coding.named(names), truth.numbered);
    }

    /**
     * Accepts masks of which it is beyond doubt which classes of a model their names are.
     *
     * @throws SamplesException if a name may be meant to be a class that no mask has
     * @throws IOException if a mask cannot be read
     */
    public static void requireNames(List<Pair> pairs, ExampleSet.Reading reading, ModelSpec model) throws IOException {
        names(pairs, reading, model).required();
    }

    private static NamedMasks names(List<Pair> pairs, ExampleSet.Reading reading, ModelSpec model) throws IOException {
        OutputSpec output = model.output();
        return NamedMasks.of(
                pairs, reading, output.kind(), KnownClasses.of(output.classes().size() + 1, model));
    }

    /** The same of masks that were looked at already. */
    static TruthReader ofMasks(List<MaskSurvey> masks, ExampleSet.Reading reading, ModelSpec model) {
        OutputSpec output = model.output();
        boolean objects = output.kind() != OutputSpec.Kind.CLASSES;
        boolean many = masks.stream()
                        .flatMap(mask -> mask.counts().keySet().stream())
                        .distinct()
                        .count()
                > (reading.ignored().isPresent() ? 3 : 2);
        boolean numbers = objects && many && reading.type() == MaskType.AUTO;
        MaskType type = numbers ? MaskType.INSTANCES : reading.type();
        KnownClasses known =
                objects ? KnownClasses.NONE : KnownClasses.of(output.classes().size() + 1, model);
        MaskCoding coding = MaskDecision.of(type, masks, reading.ignored(), OutputSpec.Kind.CLASSES, known);
        requireClasses(coding, objects ? 1 : output.classes().size());
        return new TruthReader(coding, type == MaskType.INSTANCES);
    }

    private static void requireClasses(MaskCoding coding, int classes) {
        int found = Math.max(1, coding.rule() == MaskCoding.Rule.ABOVE ? 1 : coding.classes() - 1);
        boolean ranked = coding.rule() == MaskCoding.Rule.RANK && found != classes;
        if (found > classes || ranked) {
            throw new SamplesException("The masks hold " + found + " classes beside the background, but the model has "
                    + classes + " (" + coding.note() + "). Choose the mask_type that fits, or save class indices.");
        }
    }

    /** What the values mean, for people. */
    public String note() {
        return coding.note();
    }

    /**
     * The planes of a mask, those of a stack in order.
     *
     * @param image of the pair, as its file has it
     * @param turn from there to the axes of the model, along which the planes come
     * @param notes told what became of the mask
     * @throws SamplesException at a value that means nothing, or if the voxels of a volume are not those of its image
     * @throws IOException if the file cannot be read
     */
    public List<Plane> read(Pair pair, CalibratedImage image, Orientation turn, Consumer<String> notes)
            throws IOException {
        CalibratedImage mask = VolumeGrid.mask(pair, image, turn);
        mask.notes().forEach(notes);
        return planes(pair, coding.planes(pair.mask(), mask));
    }

    /** The same of planes that were read already. */
    List<Plane> planes(Pair pair, List<MaskPlane> masks) {
        return masks.stream()
                .map(plane -> read(plane, pair.mask().getFileName().toString()))
                .toList();
    }

    private Plane read(MaskPlane plane, String name) {
        byte[] classes = coding.classes(plane, name);
        byte[] known = new byte[classes.length];
        int[] objects = plane.values().clone();
        for (int i = 0; i < classes.length; i++) {
            boolean ignored = (classes[i] & 0xFF) == Example.IGNORED;
            known[i] = ignored ? 0 : classes[i];
            objects[i] = ignored ? 0 : objects[i];
        }
        long[] size = {plane.width(), plane.height()};
        Img<IntType> target = ArrayImgs.ints(numbered ? objects : new int[classes.length], size);
        if (!numbered) {
            ConnectedComponents.of(ArrayImgs.unsignedBytes(known, size), Connectivity.CORNERS, target);
        }
        return new Plane(ArrayImgs.unsignedBytes(classes, size), target, numbered);
    }
}
