package io.github.transfuse.torch.train;

import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.Fit;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.LogitArray;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.inference.Triplanar;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.tiling.HalvingPredictor;
import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.OutOfMemory;
import io.github.transfuse.torch.nn.ShapeText;
import io.github.transfuse.torch.nn.StateDict;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.imglib2.img.array.ArrayImgs;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predicts whole validation images on the road of segmenting ({@link Inference}), with a network that is being trained. Tiles
 * of planes go through it in batches, and when one does not fit into memory in smaller ones.
 */
final class WholeImages {
    private final ModelSpec spec;
    private final InputSpec input;
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
        this.spec = spec;
        this.input = spec.input();
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
        long[] shape = ShapeText.of(image);
        long[] size = new long[shape.length - 1]; // x, y(, z), channel
        Arrays.setAll(size, d -> shape[shape.length - 1 - d]);
        Inference.Plane plane = Inference.Plane.ofNormalized(ArrayImgs.floats(StateDict.floats(image), size));
        LogitArray logits = new LogitArray(spec.network().classes(), Arrays.copyOf(size, size.length - 1));
        Inference inference = new Inference(
                spec, TileGrid.of(input), this::oneByOne, new Inference.Work(AreaOfInterest.ALL, 1, plan ->
                        (int) Math.min(batchSize(), plan.count())));
        if (input.sampling().mode() == InputSpec.Mode.TRIPLANAR) {
            new Triplanar(inference).mean(plane, logits.image(), 1, Progress.NONE);
            logits.fromProbabilities();
        } else {
            inference.run(plane, logits, Progress.NONE);
        }
        shape[1] = spec.network().classes();
        return Tensor.create(logits.values(), shape).to(device, ScalarType.Float);
    }

    /** Several threads tile images at a time, but the network and what is known of its memory serve one by one. */
    private synchronized FloatBuffer oneByOne(FloatBuffer tiles, int... shape) throws IOException {
        return batches.predict(tiles, shape);
    }

    private Tensor predict(Tensor images) {
        return network.apply(images).to(ScalarType.Float);
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
    Tensor atStoredSize(Tensor logits, Truth truth) throws IOException {
        long[] shape = ShapeText.of(logits);
        long[] seen = reversed(Arrays.copyOfRange(shape, 2, shape.length)); // x, y(, z)
        long[] stored = seen.clone();
        stored[0] = truth.width();
        stored[1] = truth.height();
        if (stored.length > 2) {
            stored[2] = truth.depth();
        }
        boolean tiles = input.rule() == InputSpec.Rule.TILE;
        if (tiles && Arrays.equals(seen, stored)) {
            return logits;
        }
        float[] values = LogitArray.of(StateDict.floats(logits), seen)
                .atImageSize(tiles ? Fit.unpadded(seen) : Fit.of(stored, input), stored)
                .values();
        System.arraycopy(reversed(stored), 0, shape, 2, stored.length);
        return Tensor.create(values, shape).to(device, ScalarType.Float);
    }

    private static long[] reversed(long... size) {
        long[] turned = new long[size.length];
        Arrays.setAll(turned, d -> size[size.length - 1 - d]);
        return turned;
    }
}
