package io.github.transfuse.evaluation;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Scores;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.TruthReader;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.ObjectRules;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.tiling.SeamIndex;
import io.github.transfuse.tiling.TilePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Scores one image: a plane, or all slices together as a volume, unless objects are found in each slice alone. Further axes
 * run over planes or volumes that are scored one by one. What the masks leave out counts as background in truth and
 * prediction.
 */
final class CaseScorer {
    private final ModelSpec model;
    private final Pair pair;
    private final NetworkParts planes;
    private final Parts parts;
    private final Optional<TilePlan> tiles;
    private final Calibration calibration;

    private CaseScorer(TransFuse network, Pair pair, NetworkParts planes, Optional<Double> tolerance)
            throws UnsupportedImageException {
        this.model = network.model().spec();
        this.pair = pair;
        this.planes = planes;
        this.parts =
                planes.parts(ObjectRules.of(planes.image(), network.settings()).axes());
        this.tiles = Inference.tilesOf(planes, model.input(), network.tileGrid());
        this.calibration =
                Calibration.of(planes, parts.axes(), model, network.settings()).with(tolerance);
    }

    /**
     * Prepares for an image as the network sees it.
     *
     * @param tolerance of NSD in the unit of the image; empty: the longest side of a pixel
     */
    static CaseScorer of(TransFuse network, Pair pair, CalibratedImage image, Optional<Double> tolerance)
            throws IOException {
        Preparation preparation =
                new ModelSettings(network.model().spec(), network.settings()).preparation(note -> {}, Optional.empty());
        return new CaseScorer(network, pair, preparation.planes(image), tolerance);
    }

    /**
     * A plane or volume with its result.
     *
     * @param scores of each class
     * @param preview for people
     */
    record Scored(List<CaseScore> scores, Preview preview) {}

    /** @param tolerance of NSD in the unit */
    private record Calibration(double[] size, String unit, double tolerance) {
        /** Nothing nearer than the step between pixels can be asked of them. */
        Calibration(double[] size, String unit) {
            this(size, unit, Arrays.stream(size).max().orElse(1));
        }

        Calibration with(Optional<Double> given) {
            return new Calibration(size, unit, given.orElse(tolerance));
        }

        static Calibration of(NetworkParts planes, int axes, ModelSpec model, Settings settings) {
            Optional<Double> given = settings.get(Keys.PIXEL_SIZE);
            CalibratedImage image = planes.image();
            if (given.isPresent()) {
                String unit = model.input().sampling().unit();
                double pixel = given.get();
                double[] size = new double[axes];
                Arrays.setAll(
                        size,
                        d -> d < planes.spatial()
                                ? pixel
                                : Lengths.spacing(image.axes().get(d), unit).orElse(pixel));
                return new Calibration(size, unit);
            }
            List<Axis> along = image.axes().subList(0, axes);
            return new Calibration(Lengths.inUnitOfFirst(along), along.get(0).unit());
        }
    }

    /** Both images and what the masks leave out set to background in them. */
    private record Compared(
            RandomAccessibleInterval<IntType> predicted,
            RandomAccessibleInterval<UnsignedByteType> predictedClasses,
            RandomAccessibleInterval<UnsignedByteType> trueClasses) {}

    /** @throws SamplesException if the mask is not of the image's size */
    void requireFitting(List<TruthReader.Plane> truth) {
        long[] size = planes.resultSize();
        long[] masked = truth.get(0).classes().dimensionsAsLongArray();
        long slices = planes.parts(2).count();
        if (size[0] != masked[0] || size[1] != masked[1] || slices != truth.size()) {
            throw new SamplesException(pair.imageName() + " has " + slices + " plane(s) of " + size[0]
                    + " x " + size[1] + ", but its mask " + pair.mask().getFileName() + " has " + truth.size() + " of "
                    + masked[0] + " x " + masked[1] + ". Give the mask the size of the image.");
        }
    }

    /**
     * Scores all planes, or volumes.
     *
     * @param slices of the mask
     */
    List<Scored> score(Segmentation result, List<TruthReader.Plane> slices) {
        List<TruthReader.Plane> truth = new ArrayList<>();
        int each = Math.toIntExact(slices.size() / parts.count());
        for (int from = 0; from < slices.size(); from += each) {
            truth.add(TruthReader.Plane.joined(slices.subList(from, from + each), parts.axes()));
        }
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            String name = truth.size() == 1 ? pair.stem() : pair.stem() + "#" + (i + 1);
            scored.add(part(name, i, result, truth.get(i)));
        }
        return scored;
    }

    private Scored part(String name, int index, Segmentation result, TruthReader.Plane truth) {
        boolean objects = result.kind() != OutputSpec.Kind.CLASSES;
        Compared compared = compared(parts.part(result.labels(), index), truth, objects);
        int classes = objects ? 1 : model.output().classes().size();
        Optional<ObjectMatching> matching = objects
                ? Optional.of(ObjectMatching.of(compared.predicted, truth.objects(), ObjectMatching.USUAL_IOU))
                : Optional.empty();
        OptionalDouble seams = seams(result, index);
        List<CaseScore> scores = new ArrayList<>();
        for (Scores of : Scores.perClass(
                compared.predictedClasses,
                compared.trueClasses,
                classes + 1,
                calibration.tolerance,
                calibration.size)) {
            String className = model.output().classes().get(of.label() - 1).name();
            scores.add(new CaseScore(name, className, of, calibration.unit, matching, seams));
        }
        return new Scored(
                scores, preview(shown(name, index), compared, objects ? truth.objects() : compared.trueClasses));
    }

    private Preview preview(
            CalibratedImage image, Compared compared, RandomAccessibleInterval<? extends IntegerType<?>> truth) {
        return parts.axes() == 2
                ? CasePictures.preview(image, compared.predicted, truth)
                : OrthogonalViews.preview(
                        image,
                        OrthogonalViews.worst(compared.predictedClasses, compared.trueClasses),
                        compared.predicted,
                        truth,
                        calibration.size);
    }

    private static <T extends IntegerType<?>> Compared compared(
            RandomAccessibleInterval<T> labels, TruthReader.Plane truth, boolean objects) {
        long[] size = truth.classes().dimensionsAsLongArray();
        Img<IntType> predicted = ArrayImgs.ints(size);
        Img<UnsignedByteType> predictedClasses = ArrayImgs.unsignedBytes(size);
        Img<UnsignedByteType> trueClasses = ArrayImgs.unsignedBytes(size);
        Cursor<T> label = IterableRandomAccessibleInterval.create(labels).cursor();
        Cursor<IntType> prediction = predicted.cursor();
        Cursor<UnsignedByteType> predictedClass = predictedClasses.cursor();
        Cursor<UnsignedByteType> trueClass = trueClasses.cursor();
        for (UnsignedByteType wanted : truth.classes()) {
            int found = label.next().getInteger();
            boolean known = wanted.get() != Example.IGNORED;
            prediction.next().set(known ? found : 0);
            predictedClass.next().set(known ? (objects ? Math.min(1, found) : found) : 0);
            trueClass.next().set(known ? wanted.get() : 0);
        }
        return new Compared(predicted, predictedClasses, trueClasses);
    }

    /** The mean over the foreground classes of what the network saw at once; empty if that is more than what is scored. */
    private OptionalDouble seams(Segmentation result, int index) {
        int seen = planes.spatial();
        if (tiles.isEmpty() || result.probabilities().isEmpty() || seen > parts.axes()) {
            return OptionalDouble.empty();
        }
        RandomAccessibleInterval<FloatType> part =
                parts.part(result.probabilities().get(), index);
        Parts inner = new Parts(parts.size(), seen);
        long outputs = part.dimension(parts.axes());
        return LongStream.range(0, inner.count())
                .mapToObj(i -> inner.part(part, i))
                .flatMapToDouble(plane -> LongStream.range(Math.min(1, outputs - 1), outputs)
                        .mapToDouble(k -> SeamIndex.of(Views.hyperSlice(plane, seen, k), tiles.get())))
                .filter(Double::isFinite)
                .average();
    }

    private CalibratedImage shown(String name, int index) {
        CalibratedImage image = planes.image();
        List<Axis> axes = new ArrayList<>(image.axes().subList(0, parts.axes()));
        axes.add(image.axes().get(image.axes().size() - 1));
        return new CalibratedImage(name, parts.part(image.pixels(), index), axes, image.rgb(), List.of())
                .withPlacement(image.placement());
    }
}
