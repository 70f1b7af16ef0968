package io.github.transfuse;

import io.github.transfuse.engine.Preview;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.Lengths;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Scores;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.samples.TruthReader;
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
import net.imglib2.view.Views;

/** Scores the planes of one image. What the masks leave out counts as background in truth and prediction. */
final class CaseScorer {
    private static final double OBJECT_IOU = 0.5;

    private final ModelSpec model;
    private final Pair pair;
    private final Planes planes;
    private final Optional<TilePlan> tiles;
    private final Calibration calibration;

    private CaseScorer(TransFuse network, Pair pair, Planes planes) {
        this.model = network.model().spec();
        this.pair = pair;
        this.planes = planes;
        this.tiles = Inference.tilesOf(planes, model.input(), network.settings());
        this.calibration = Calibration.of(planes, model, network.settings());
    }

    /** Prepares for an image as the network sees it. */
    static CaseScorer of(TransFuse network, Pair pair, CalibratedImage image) throws IOException {
        Preparation preparation =
                new Preparation(network.model().spec(), network.settings(), note -> {}, Optional.empty());
        return new CaseScorer(network, pair, preparation.planes(image));
    }

    /**
     * A plane with its result.
     *
     * @param scores of each class
     * @param preview for people
     */
    record Scored(List<CaseScore> scores, Preview preview) {}

    private record Calibration(double[] size, String unit) {
        static Calibration of(Planes planes, ModelSpec model, Settings settings) {
            OptionalDouble given = settings.number("pixel_size");
            int spatial = planes.spatial();
            CalibratedImage image = planes.image();
            if (given.isPresent()) {
                double[] size = new double[spatial];
                Arrays.fill(size, given.getAsDouble());
                return new Calibration(size, model.input().sampling().unit());
            }
            Axis x = image.axes().get(0);
            double[] size = image.axes().subList(0, spatial).stream()
                    .mapToDouble(axis ->
                            axis.size() * Lengths.factor(axis.unit(), x.unit()).orElse(1))
                    .toArray();
            return new Calibration(size, x.unit());
        }
    }

    /** Both images and what the masks leave out set to background in them. */
    private record Compared(
            RandomAccessibleInterval<IntType> predicted,
            RandomAccessibleInterval<UnsignedByteType> predictedClasses,
            RandomAccessibleInterval<UnsignedByteType> trueClasses) {}

    /** @throws SamplesException if the mask is not of the image's size */
    void requireFitting(List<TruthReader.Plane> truth) {
        long[] size = planes.planeSize();
        long[] masked = truth.get(0).classes().dimensionsAsLongArray();
        long slices = planes.count() * Arrays.stream(size).skip(2).reduce(1, Math::multiplyExact);
        if (size[0] != masked[0] || size[1] != masked[1] || slices != truth.size()) {
            throw new SamplesException(pair.image().getFileName() + " has " + slices + " plane(s) of " + size[0]
                    + " x " + size[1] + ", but its mask " + pair.mask().getFileName() + " has " + truth.size() + " of "
                    + masked[0] + " x " + masked[1] + ". Give the mask the size of the image.");
        }
    }

    /**
     * Scores all planes, or all volumes.
     *
     * @param slices of the mask
     */
    List<Scored> score(Segmentation result, List<TruthReader.Plane> slices) {
        List<TruthReader.Plane> truth = new ArrayList<>();
        int each = Math.toIntExact(slices.size() / planes.count());
        for (int from = 0; from < slices.size(); from += each) {
            truth.add(TruthReader.Plane.joined(slices.subList(from, from + each), planes.spatial()));
        }
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            String name = truth.size() == 1 ? pair.stem() : pair.stem() + "#" + (i + 1);
            scored.add(plane(name, i, result, truth.get(i)));
        }
        return scored;
    }

    private Scored plane(String name, int index, Segmentation result, TruthReader.Plane truth) {
        boolean objects = result.kind() != OutputSpec.Kind.CLASSES;
        Compared compared = compared(planes.plane(result.labels(), index), truth, objects);
        int classes = objects ? 1 : model.output().classes().size();
        Optional<ObjectMatching> matching = objects
                ? Optional.of(ObjectMatching.of(compared.predicted, truth.objects(), OBJECT_IOU))
                : Optional.empty();
        OptionalDouble seams = seams(result, index);
        List<CaseScore> scores = new ArrayList<>();
        for (Scores of :
                Scores.perClass(compared.predictedClasses, compared.trueClasses, classes + 1, calibration.size)) {
            String className = model.output().classes().get(of.label() - 1).name();
            scores.add(new CaseScore(name, className, of, calibration.unit, matching, seams));
        }
        return new Scored(
                scores,
                CasePictures.preview(
                        shown(name, index),
                        middle(compared.predicted),
                        objects ? middle(truth.objects()) : middle(compared.trueClasses)));
    }

    private static <T extends IntegerType<?>> Compared compared(
            RandomAccessibleInterval<T> labels, TruthReader.Plane truth, boolean objects) {
        long[] size = truth.classes().dimensionsAsLongArray();
        Img<IntType> predicted = ArrayImgs.ints(size);
        Img<UnsignedByteType> predictedClasses = ArrayImgs.unsignedBytes(size);
        Img<UnsignedByteType> trueClasses = ArrayImgs.unsignedBytes(size);
        Cursor<T> label = Views.flatIterable(labels).cursor();
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

    /** The mean over the foreground classes. */
    private OptionalDouble seams(Segmentation result, int index) {
        if (tiles.isEmpty() || result.probabilities().isEmpty()) {
            return OptionalDouble.empty();
        }
        RandomAccessibleInterval<FloatType> plane =
                planes.plane(result.probabilities().get(), index);
        int last = planes.spatial();
        long outputs = plane.dimension(last);
        return LongStream.range(Math.min(1, outputs - 1), outputs)
                .mapToDouble(k -> SeamIndex.of(Views.hyperSlice(plane, last, k), tiles.get()))
                .filter(Double::isFinite)
                .average();
    }

    /** A plane is shown whole, a volume by its middle slice. */
    private <T> RandomAccessibleInterval<T> middle(RandomAccessibleInterval<T> part) {
        return planes.spatial() == 2 ? part : Views.hyperSlice(part, 2, part.dimension(2) / 2);
    }

    private CalibratedImage shown(String name, int index) {
        CalibratedImage image = planes.image();
        List<Axis> axes = image.axes();
        List<Axis> kept = List.of(axes.get(0), axes.get(1), axes.get(axes.size() - 1));
        return new CalibratedImage(name, middle(planes.plane(image.pixels(), index)), kept, image.rgb(), List.of());
    }
}
