package io.github.transfuse.inference;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Resampler;
import io.github.transfuse.image.ResultStore;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.progress.PartProgress;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.tiling.DirectFloats;
import io.github.transfuse.tiling.RowSink;
import io.github.transfuse.tiling.SlidingWindow;
import io.github.transfuse.tiling.Tile;
import io.github.transfuse.tiling.TileGate;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Computes the logits of one normalised plane or volume, by the input rule of the model: the whole image resampled to the
 * size of the network's input, or overlapping tiles at the model's pixel size. Of a pile of planes, tiles of several planes
 * are computed at once, and few planes are in work at a time. Not for use by several threads at once.
 */
public final class Inference {
    /** Batches of a pile that is resampled: enough of them to read one while another is computed. */
    private static final long RESAMPLED_BATCHES = 4;

    private final InputSpec input;
    private final int outputs;
    private final TileGrid grid;
    private final TilePredictor predictor;
    private final Work work;
    private long tiles;
    private long waited;
    private int largestBatch;

    /**
     * What is computed at a time, and what not at all.
     *
     * @param area of the image that is computed
     * @param window where the tiles lie, if the image is a part of a larger one; empty: as in an image of its own
     * @param readers threads that read pixels
     * @param batchSize tiles of a plan that the network gets at once
     */
    public record Work(
            AreaOfInterest area, Optional<TileWindow> window, int readers, ToIntFunction<TilePlan> batchSize) {
        /** For an image of its own. */
        public Work(AreaOfInterest area, int readers, ToIntFunction<TilePlan> batchSize) {
            this(area, Optional.empty(), readers, batchSize);
        }
    }

    /**
     * What was computed so far.
     *
     * @param tiles number of network inputs
     * @param waitedSeconds time in which the network waited for pixels
     * @param batchSize most inputs at once
     */
    public record Counts(long tiles, double waitedSeconds, int batchSize) {}

    public Inference(ModelSpec model, TileGrid grid, TilePredictor predictor, Work work) {
        this.input = model.input();
        this.outputs = model.network().classes();
        this.grid = grid;
        this.predictor = predictor;
        this.work = work;
    }

    public Counts counts() {
        return new Counts(tiles, waited * 1e-9, largestBatch);
    }

    /**
     * A plane, a volume, or a pile of planes for a network of planes.
     *
     * @param pixels spatial axes from 0, then the channel; of a pile, the axis before the channel runs over the planes
     * @param normalization of its values
     * @param pixelSize along the axes that the network sees, in the model's unit; empty if it is not known
     */
    public record Plane(
            RandomAccessibleInterval<? extends RealType<?>> pixels,
            FittedNormalization normalization,
            Optional<double[]> pixelSize) {

        /** Pixels in the units of the network, at its pixel size. */
        public static Plane ofNormalized(RandomAccessibleInterval<? extends RealType<?>> pixels) {
            int channels = Math.toIntExact(pixels.dimension(pixels.numDimensions() - 1));
            return new Plane(pixels, FittedNormalization.none(channels), Optional.empty());
        }

        long[] size() {
            return Arrays.copyOf(pixels.dimensionsAsLongArray(), pixels.numDimensions() - 1);
        }

        int channels() {
            return normalization.channels();
        }

        Plane resized(long... size) {
            if (Arrays.equals(size, size())) {
                return this;
            }
            long[] withChannels = Arrays.copyOf(size, size.length + 1);
            withChannels[size.length] = channels();
            return new Plane(Resampler.resample(pixels, withChannels), normalization, pixelSize);
        }

        /** Some planes of a pile. */
        Plane part(long from, long count) {
            long[] min = new long[pixels.numDimensions()];
            long[] max = pixels.maxAsLongArray();
            int across = min.length - 2;
            min[across] = from;
            max[across] = from + count - 1;
            return new Plane(Views.zeroMin(Views.interval(pixels, min, max)), normalization, pixelSize);
        }

        PixelTiles tiles(int... size) {
            return new PixelTiles(pixels, normalization, size);
        }
    }

    /** Computes the logits of a plane, a volume or, with tiles, a pile and sends them, at its size, to the sink. */
    public void run(Plane plane, RowSink sink, Progress progress) throws IOException {
        if (input.rule() == InputSpec.Rule.TILE) {
            tiled(plane, sink, progress);
        } else {
            whole(plane, sink, progress);
        }
    }

    private void whole(Plane plane, RowSink sink, Progress progress) throws IOException {
        if (progress.isCanceled()) {
            throw new CancellationException("Canceled");
        }
        progress.report(0, 1, "Segmenting");
        int[] size = TileGrid.inputSize(input);
        Fit fit = Fit.of(plane.size(), input);
        int[] shape = AxisOrder.batch(1, plane.channels(), size);
        FloatBuffer pixels = DirectFloats.allocate(shape);
        long start = System.nanoTime();
        plane.resized(fit.size()).tiles(size).read(fit.origin(), pixels.duplicate());
        waited += System.nanoTime() - start;
        FloatBuffer logits = predictor.predict(pixels, shape);
        LogitImage.of(store(), logits, AxisOrder.longs(size)).resample(fit.window(), sink, plane.size());
        tiles++;
        largestBatch = Math.max(largestBatch, 1);
        progress.report(1, 1, "Segmenting");
    }

    private void tiled(Plane plane, RowSink sink, Progress progress) throws IOException {
        long[] size = PixelScale.sizeFor(input, plane.size(), plane.pixelSize());
        if (Arrays.equals(size, plane.size())) {
            slide(plane, sink, progress);
        } else if (size.length > input.size().size()) {
            resampledPile(plane, size, sink, progress);
        } else {
            LogitImage logits = new LogitImage(store(), outputs, size);
            slide(plane.resized(size), logits, progress);
            logits.resample(LogitImage.Window.all(size), sink, plane.size());
        }
    }

    /** A few planes after the other, so that few are in memory at the model's scale. */
    private void resampledPile(Plane pile, long[] size, RowSink sink, Progress progress) throws IOException {
        TilePlan plan = grid.plan(size);
        long perPlane = plan.count() / size[2];
        long most = Math.max(1, RESAMPLED_BATCHES * work.batchSize.applyAsInt(plan) / perPlane);
        SliceLogits logits = new SliceLogits(outputs, new long[] {size[0], size[1]}, pile.size(), sink);
        for (long from = 0; from < size[2]; from += most) {
            long count = Math.min(most, size[2] - from);
            slide(
                    pile.part(from, count).resized(size[0], size[1], count),
                    logits,
                    new PartProgress(progress, from, count, size[2]));
        }
    }

    private static ResultStore store() {
        return ResultStore.now(note -> {});
    }

    private void slide(Plane plane, RowSink sink, Progress progress) throws IOException {
        TilePlan plan = work.window.map(part -> part.plan(plane.size())).orElseGet(() -> grid.plan(plane.size()));
        int batchSize = work.batchSize.applyAsInt(plan);
        TileGate gate =
                new TileGate(plan, at -> isOfInterest(plan, at), plane.tiles(plan.tileSize()), this::predict, outputs);
        waited += SlidingWindow.over(plan, plane.channels())
                .withBatchSize(batchSize)
                .withReaders(work.readers)
                .run(gate, gate, sink, progress);
        tiles += plan.count() - gate.skipped();
        largestBatch = Math.max(largestBatch, batchSize);
    }

    /** Tiles of a pile have an axis of one plane more than the network wants. */
    private FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        int[] size = {shape[shape.length - 2], shape[shape.length - 1]};
        return input.size().size() == size.length
                ? predictor.predict(tiles, new int[] {shape[0], shape[1], size[0], size[1]})
                : predictor.predict(tiles, shape);
    }

    private boolean isOfInterest(TilePlan plan, Tile tile) {
        double width = plan.size(0);
        double height = plan.size(1);
        return work.area.touches(
                Math.max(0, tile.origin(0) / width),
                Math.max(0, tile.origin(1) / height),
                Math.min(1, (tile.origin(0) + plan.tileSize(0)) / width),
                Math.min(1, (tile.origin(1) + plan.tileSize(1)) / height));
    }

    /** The tiles of planes whose result is not resampled; empty for others. */
    public static Optional<TilePlan> tilesOf(NetworkParts planes, InputSpec input, TileGrid grid) {
        long[] size = planes.planeSize();
        boolean same = size.length == input.size().size(); // triplanar: planes of volumes
        boolean tiled = same
                && input.rule() == InputSpec.Rule.TILE
                && Arrays.equals(size, PixelScale.sizeFor(input, size, planes.pixelSize()));
        return tiled ? Optional.of(grid.plan(size)) : Optional.empty();
    }
}
