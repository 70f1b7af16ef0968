package io.github.transfuse.segmentation;

import io.github.transfuse.image.ResultStore;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.CroppedRows;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.MeanResult;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.inference.PlaneResult;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Computes blocks of an image, each alone: the tiles of a block lie where those of the whole image do, and all tiles that
 * reach into it are computed, so that its pixels get what they get when the image is computed as a whole.
 *
 * @param ensemble the models with their networks
 * @param settings that change their rules
 * @param seen the image as each of the models sees it
 */
public record BlockPrediction(Ensemble ensemble, Settings settings, List<NetworkParts> seen) {

    /**
     * What networks found in a block.
     *
     * @param classes of its pixels
     * @param probabilities with the class as last axis, if labels are made of them
     * @param counts of all networks
     */
    public record Found(
            RandomAccessibleInterval<UnsignedByteType> classes,
            Optional<RandomAccessibleInterval<FloatType>> probabilities,
            Inference.Counts counts) {}

    /** Why the image must be computed as a whole, in words; empty if it can be cut. */
    public Optional<String> whole() {
        if (settings.has(Keys.SLICES) || settings.has(Keys.FRAMES)) {
            return Optional.of("only some slices or frames are asked for");
        }
        for (int i = 0; i < seen.size(); i++) {
            ModelSettings chosen = chosen(i);
            boolean tiled = seen.get(i).spatial() == seen.get(0).spatial()
                    && Inference.tilesOf(seen.get(i), chosen.model().input(), chosen.grid())
                            .isPresent();
            if (!tiled) {
                return Optional.of("the model "
                        + chosen.model().identity().name()
                        + " sees it as a whole, along three axes, or at another pixel size");
            }
        }
        return Optional.empty();
    }

    private ModelSettings chosen(int model) {
        return new ModelSettings(ensemble.models().get(model).spec(), settings);
    }

    private LabelRules rules() throws UnsupportedImageException {
        return LabelRules.of(
                ensemble.first().spec().output(),
                settings,
                ObjectRules.of(seen.get(0).image(), settings));
    }

    /** Planes, or volumes, taken apart as the networks see them. */
    public Parts planes() {
        return seen.get(0).parts(seen.get(0).spatial());
    }

    /**
     * Bytes of what is found in a pixel.
     *
     * @throws UnsupportedImageException if objects of the image have no size that the settings ask for
     */
    public long bytesPerPixel() throws UnsupportedImageException {
        return 1 + (rules().needsProbabilities() ? (long) Float.BYTES * outputs() : 0);
    }

    private int outputs() {
        return ensemble.first().spec().network().classes();
    }

    /**
     * Computes a block.
     *
     * @param given with the threads that read
     * @throws IOException if a network cannot be opened, or pixels cannot be read
     */
    public Found predict(PlaneBlock block, InferenceContext given) throws IOException {
        ResultStore store = ResultStore.now(note -> {});
        boolean several = ensemble.isSeveral();
        RandomAccessibleInterval<UnsignedByteType> classes = store.bytes(block.size());
        Optional<RandomAccessibleInterval<FloatType>> probabilities = Optional.empty();
        if (several || rules().needsProbabilities()) {
            long[] size = Arrays.copyOf(block.size(), block.size().length + 1);
            size[size.length - 1] = outputs();
            probabilities = Optional.of(store.floats(size));
        }
        long tiles = 0;
        double waited = 0;
        int batch = 1;
        for (int i = 0; i < seen.size(); i++) {
            RowSink sink = several
                    ? new MeanResult(probabilities.orElseThrow(), seen.size())
                    : new PlaneResult(rules().threshold(), classes, probabilities);
            Inference.Counts counts = run(i, block, given, sink);
            tiles += counts.tiles();
            waited += counts.waitedSeconds();
            batch = Math.max(batch, counts.batchSize());
        }
        if (several) {
            ClassMap.ofProbabilities(rules().threshold()).classify(probabilities.orElseThrow(), classes);
        }
        return new Found(
                classes,
                rules().needsProbabilities() ? probabilities : Optional.empty(),
                new Inference.Counts(tiles, waited, batch));
    }

    private Inference.Counts run(int model, PlaneBlock block, InferenceContext given, RowSink sink) throws IOException {
        NetworkParts parts = seen.get(model);
        ModelSpec spec = ensemble.models().get(model).spec();
        ModelSettings chosen = new ModelSettings(spec, settings);
        TileWindow window = TileWindow.of(chosen.grid(), planes().size(), block.min(), block.max());
        Inference inference = chosen.inference(
                ensemble.members().get(model).network(), given.with(window, AreaOfInterest.ALL), note -> {});
        long[] min = block.min().clone();
        long[] max = block.max().clone();
        for (int d = 0; d < min.length; d++) {
            min[d] -= window.min(d);
            max[d] -= window.min(d);
        }
        inference.run(
                new Inference.Plane(
                        pixels(planes().part(parts.seen().pixels(), block.plane()), window),
                        parts.seenNormalization(),
                        parts.pixelSize()),
                new CroppedRows(min, max, sink),
                Progress.NONE);
        return inference.counts();
    }

    private static RandomAccessibleInterval<? extends RealType<?>> pixels(
            RandomAccessibleInterval<? extends RealType<?>> plane, TileWindow window) {
        long[] min = plane.minAsLongArray();
        long[] max = plane.maxAsLongArray();
        for (int d = 0; d < min.length - 1; d++) {
            max[d] = min[d] + window.min(d) + window.size(d) - 1;
            min[d] += window.min(d);
        }
        return Views.zeroMin(Views.interval(plane, min, max));
    }
}
