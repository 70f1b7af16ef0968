package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Resampler;
import io.github.transfuse.image.ResultStore;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.tiling.Progress;
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
import java.util.stream.Collectors;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Computes the logits of one normalised plane or volume, by the input rule of the model: the whole image resampled to the
 * size of the network's input, or overlapping tiles at the model's pixel size. Of a pile of planes, tiles of several planes
 * are computed at once, and few planes are in work at a time. Not for use by several threads at once.
 */
final class Inference {
    /** Pixel sizes that differ by less are taken as equal: resampling would blur more than it helps. */
    private static final double SAME_SCALE = 0.02;

    /** Batches of a pile that is resampled: enough of them to read one while another is computed. */
    private static final long RESAMPLED_BATCHES = 4;

    private final InputSpec input;
    private final Settings settings;
    private final LadderPredictor network;
    private final TilePredictor predictor;
    private final Device device;
    private final Reading reading;
    private final int outputs;
    private long tiles;
    private long waited;
    private int largestBatch;

    /**
     * How pixels are got.
     *
     * @param area of the image that is computed
     * @param threads that read
     */
    record Reading(AreaOfInterest area, int threads) {}

    Inference(ModelSpec model, Settings settings, LadderPredictor network, Device device, Reading reading) {
        this.input = model.input();
        this.settings = settings;
        this.network = network;
        this.predictor = settings.flag("flips") ? new FlipAverage(network) : network;
        this.device = device;
        this.reading = reading;
        this.outputs = model.network().classes();
    }

    /**
     * What was computed so far.
     *
     * @param seconds that it took, all in all
     * @param used how the network was open at the end
     */
    Statistics statistics(double seconds, NetworkInfo used) {
        int batchSize = Math.min(largestBatch, network.largest());
        return new Statistics(tiles, seconds, waited * 1e-9, used.device(), used.precision(), batchSize);
    }

    /**
     * A plane, a volume, or a pile of planes for a network of planes.
     *
     * @param pixels spatial axes from 0, then the channel; of a pile, the axis before the channel runs over the planes
     * @param normalization of its values
     * @param pixelSize along the axes that the network sees, in the model's unit; empty if it is not known
     */
    record Plane(
            RandomAccessibleInterval<? extends RealType<?>> pixels,
            FittedNormalization normalization,
            Optional<double[]> pixelSize) {

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
    void run(Plane plane, RowSink sink, Progress progress) throws IOException {
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
        int[] size = inputSize();
        Fit fit = Fit.of(plane.size(), size, input.rule() == InputSpec.Rule.RESIZE_PADDED);
        Batch batch = Batch.allocate(Shapes.batch(1, plane.channels(), size));
        long start = System.nanoTime();
        plane.resized(fit.size()).tiles(size).read(fit.origin(), batch.values().duplicate());
        waited += System.nanoTime() - start;
        FloatBuffer logits = predictor.predict(batch.values(), batch.shape());
        LogitImage.of(store(), logits, Shapes.longs(size)).resample(fit.window(), sink, plane.size());
        tiles++;
        largestBatch = Math.max(largestBatch, 1);
        progress.report(1, 1, "Segmenting");
    }

    private void tiled(Plane plane, RowSink sink, Progress progress) throws IOException {
        long[] size = modelScale(plane.size(), plane.pixelSize());
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
        TilePlan plan = plan(input, settings, size);
        long perPlane = plan.count() / size[2];
        long most = Math.max(1, RESAMPLED_BATCHES * batchSize(plan) / perPlane);
        PileOfLogits logits = new PileOfLogits(outputs, new long[] {size[0], size[1]}, pile.size(), sink);
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
        TilePlan plan = plan(input, settings, plane.size());
        int batchSize = batchSize(plan);
        TileGate gate =
                new TileGate(plan, at -> isOfInterest(plan, at), plane.tiles(plan.tileSize()), this::predict, outputs);
        waited += SlidingWindow.over(plan, plane.channels())
                .withBatchSize(batchSize)
                .withReaders(reading.threads)
                .run(gate, gate, sink, progress);
        tiles += plan.count() - gate.skipped();
        largestBatch = Math.max(largestBatch, batchSize);
    }

    private int batchSize(TilePlan plan) {
        return (int) settings.number("batch_size")
                .orElseGet(() -> BatchPlanner.now().batchSize(plan.tilePixels(), plan.count(), device));
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
        return reading.area.touches(
                Math.max(0, tile.origin(0) / width),
                Math.max(0, tile.origin(1) / height),
                Math.min(1, (tile.origin(0) + plan.tileSize(0)) / width),
                Math.min(1, (tile.origin(1) + plan.tileSize(1)) / height));
    }

    /** The size of the image at the model's pixel size. */
    private long[] modelScale(long[] size, Optional<double[]> pixelSize) {
        return modelScale(input, size, pixelSize);
    }

    private static long[] modelScale(InputSpec input, long[] size, Optional<double[]> pixelSize) {
        Optional<double[]> wanted = input.sampling().pixelSize().map(Shapes::reversed);
        if (wanted.isEmpty() || pixelSize.isEmpty()) {
            return size;
        }
        long[] scaled = size.clone();
        for (int d = 0; d < wanted.get().length; d++) { // planes of a pile stay as many
            double factor = pixelSize.get()[d] / wanted.get()[d];
            if (Math.abs(factor - 1) > SAME_SCALE) {
                scaled[d] = Math.max(1, Math.round(size[d] * factor));
            }
        }
        return scaled;
    }

    private static TilePlan plan(InputSpec input, Settings settings, long... size) {
        int[] seen = tileSize(input, settings);
        int[] tile = Arrays.copyOf(seen, size.length);
        Arrays.fill(tile, seen.length, tile.length, 1); // a tile of a pile lies in one plane
        return TilePlan.of(size, tile, overlap(input, settings));
    }

    static double overlap(InputSpec input, Settings settings) {
        return settings.number("overlap").orElse(input.overlap());
    }

    static int[] tileSize(InputSpec input, Settings settings) {
        int[] tile = settings.size("tile_size").orElseGet(() -> inputSize(input));
        if (tile.length != input.size().size()) {
            throw new SettingException("tile_size = " + settings.get("tile_size") + " must have "
                    + input.size().size() + " numbers for this model, such as "
                    + Arrays.stream(inputSize(input))
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining("x"))
                    + ".");
        }
        return tile;
    }

    /** The tiles of planes whose result is not resampled; empty for others. */
    static Optional<TilePlan> tilesOf(Planes planes, InputSpec input, Settings settings) {
        long[] size = planes.planeSize();
        boolean same = size.length == input.size().size(); // triplanar: planes of volumes
        boolean tiled = same
                && input.rule() == InputSpec.Rule.TILE
                && Arrays.equals(size, modelScale(input, size, planes.pixelSize()));
        return tiled ? Optional.of(plan(input, settings, size)) : Optional.empty();
    }

    /** The model's input size in the order x, y(, z). */
    private int[] inputSize() {
        return inputSize(input);
    }

    private static int[] inputSize(InputSpec input) {
        return Shapes.reversed(input.size().stream().mapToInt(Integer::intValue).toArray());
    }
}
