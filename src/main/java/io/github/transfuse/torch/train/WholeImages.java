package io.github.transfuse.torch.train;

import io.github.transfuse.inference.Fit;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.tiling.HalvingPredictor;
import io.github.transfuse.tiling.ImageTiles;
import io.github.transfuse.tiling.SlidingWindow;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.OutOfMemory;
import io.github.transfuse.torch.nn.Shapes;
import io.github.transfuse.torch.nn.StateDict;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predicts whole validation images as segmenting does it: in one piece, or tile by tile with the overlap of the model. Tiles
 * of planes go through the network in batches, and when one does not fit into memory in smaller ones.
 */
final class WholeImages {
    private final InputSpec input;
    private final int classes;
    private final UnaryOperator<Tensor> network;
    private final Device device;
    private final int batchSize;
    private final HalvingPredictor batches;

    /**
     * A predictor.
     *
     * @param spec of the model
     * @param network in evaluation mode: from images [N, C, (D,) H, W] on the device to their logits
     * @param device where
     * @param batchSize most tiles of planes at a time; tiles of volumes, each of which keeps a processor busy, go one by one
     * @param notes told when a batch does not fit into memory
     */
    WholeImages(ModelSpec spec, UnaryOperator<Tensor> network, Device device, int batchSize, Consumer<String> notes) {
        this.input = spec.input();
        this.classes = spec.network().classes();
        this.network = network;
        this.device = device;
        this.batchSize = input.sampling().mode() == InputSpec.Mode.VOLUME ? 1 : batchSize;
        this.batches = new HalvingPredictor(this::predictTiles, OutOfMemory::isBehind, notes);
    }

    /** The most tiles at a time that are known to fit, or not known not to. */
    int batchSize() {
        return Math.min(batchSize, batches.largest());
    }

    /**
     * The logits of an example.
     *
     * @param image [1, C, (D,) H, W], normalised
     * @return float32, [1, K, (D,) H, W]
     */
    Tensor logits(Tensor image) throws IOException {
        if (input.sampling().mode() == InputSpec.Mode.TRIPLANAR) {
            return triplanar(image);
        }
        return input.rule() == InputSpec.Rule.TILE ? tiled(image) : predict(image);
    }

    /** The logits of the mean of the probabilities of all planes across z, y and x. */
    private Tensor triplanar(Tensor volume) throws IOException {
        long[] shape = Shapes.of(volume);
        shape[1] = classes;
        Tensor sum = torch.zeros(shape).to(device, ScalarType.Float);
        for (int axis = 2; axis < shape.length; axis++) {
            // As many planes as a batch has tiles: full batches, and few planes in memory
            for (long from = 0; from < shape[axis]; from += batchSize) {
                long count = Math.min(batchSize, shape[axis] - from);
                try (PointerScope scope = new PointerScope()) {
                    Tensor logits = tiled(pile(volume, axis, from, count));
                    Tensor p = classes == 1 ? logits.sigmoid() : logits.softmax(1);
                    pile(sum, axis, from, count).add_(p.mul(new Scalar(1 / 3.0)));
                }
            }
        }
        Tensor mean = sum.clamp(new ScalarOptional(new Scalar(1e-6)), new ScalarOptional(new Scalar(1 - 1e-6)));
        return classes == 1 ? torch.logit(mean) : mean.log();
    }

    /** Planes across an axis, which comes in front of theirs: [1, C, planes, H, W]. */
    private static Tensor pile(Tensor volume, int axis, long from, long count) {
        return volume.movedim(axis, 2).narrow(2, from, count);
    }

    private Tensor predict(Tensor images) {
        return network.apply(images).to(ScalarType.Float);
    }

    private Tensor tiled(Tensor image) throws IOException {
        long[] size = reversed(Arrays.copyOfRange(Shapes.of(image), 2, (int) image.dim())); // x, y(, z)
        int pixels = Math.toIntExact(Arrays.stream(size).reduce(1, Math::multiplyExact));
        float[] logits = new float[classes * pixels];
        TilePlan plan = TilePlan.of(size, tileSize(size.length), input.overlap());
        List<Img<FloatType>> channels = new ArrayList<>();
        for (int c = 0; c < image.size(1); c++) {
            channels.add(ArrayImgs.floats(StateDict.floats(image.select(1, c)), size));
        }
        SlidingWindow.over(plan, channels.size())
                .withBatchSize((int) Math.min(batchSize(), plan.count()))
                .run(
                        new ImageTiles(plan, channels),
                        batches,
                        (position, row) -> {
                            long at = 0;
                            for (int d = size.length - 1; d > 0; d--) {
                                at = (at + position[d]) * size[d - 1];
                            }
                            for (int k = 0; k < classes; k++) {
                                System.arraycopy(row[k], 0, logits, k * pixels + (int) at, row[k].length);
                            }
                        },
                        Progress.NONE);
        long[] shape = Shapes.of(image);
        shape[1] = classes;
        return Tensor.create(logits, shape).to(device, ScalarType.Float);
    }

    /** In the order x, y(, z); a tile of a pile of planes lies in one of them. */
    private int[] tileSize(int axes) {
        int[] tile = new int[axes];
        Arrays.fill(tile, 1);
        for (int d = 0; d < input.size().size(); d++) {
            tile[d] = input.size().get(input.size().size() - 1 - d);
        }
        return tile;
    }

    private static long[] reversed(long... values) {
        long[] reversed = new long[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        return reversed;
    }

    private FloatBuffer predictTiles(FloatBuffer tiles, int... shape) {
        try (PointerScope scope = new PointerScope()) {
            int axes = input.size().size();
            long[] size = new long[2 + axes]; // without the one plane that a tile of a pile has
            for (int i = 0; i < size.length; i++) {
                size[i] = i < 2 ? shape[i] : shape[shape.length - size.length + i];
            }
            Tensor batch = torch.from_blob(new FloatPointer(tiles), size).to(device, ScalarType.Float);
            return FloatBuffer.wrap(StateDict.floats(predict(ChannelsLast.of(batch))));
        }
    }

    /** Logits at the size of the stored mask, without what was padded. */
    Tensor atStoredSize(Tensor logits, Truth truth) {
        if (input.rule() == InputSpec.Rule.TILE) {
            return logits;
        }
        Fit fit = Fit.of(new long[] {truth.width(), truth.height()}, input);
        Tensor inside = logits.narrow(2, -fit.origin()[1], fit.size()[1]).narrow(3, -fit.origin()[0], fit.size()[0]);
        return torch.upsample_bilinear2d(inside, new long[] {truth.height(), truth.width()}, false);
    }
}
