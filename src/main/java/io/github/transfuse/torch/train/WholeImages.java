package io.github.transfuse.torch.train;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleReader;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.tiling.ImageTiles;
import io.github.transfuse.tiling.Progress;
import io.github.transfuse.tiling.SlidingWindow;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.torch.nn.ChannelsLast;
import io.github.transfuse.torch.nn.Shapes;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Predicts whole validation images as segmenting does it: in one piece, or tile by tile with the overlap of the model.
 *
 * @param network in evaluation mode
 * @param input of the model
 * @param device where
 * @param bf16 whether matrix products and convolutions are computed in bf16
 */
record WholeImages(TransFuseNetwork network, InputSpec input, Device device, boolean bf16) {

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
        int classes = network.spec().classes();
        long[] shape = Shapes.of(volume);
        shape[1] = classes;
        Tensor sum = torch.zeros(shape).to(device, ScalarType.Float);
        for (int axis = 2; axis < shape.length; axis++) {
            for (long at = 0; at < shape[axis]; at++) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor logits = tiled(volume.select(axis, at));
                    Tensor p = classes == 1 ? logits.sigmoid() : logits.softmax(1);
                    sum.select(axis, at).add_(p.mul(new Scalar(1 / 3.0)));
                }
            }
        }
        Tensor mean = sum.clamp(new ScalarOptional(new Scalar(1e-6)), new ScalarOptional(new Scalar(1 - 1e-6)));
        return classes == 1 ? torch.logit(mean) : mean.log();
    }

    private Tensor predict(Tensor images) {
        try (Autocast cast = Autocast.bf16(device.type(), bf16)) {
            return network.forward(images).map2().to(ScalarType.Float);
        }
    }

    private Tensor tiled(Tensor image) throws IOException {
        long[] size = reversed(Arrays.copyOfRange(Shapes.of(image), 2, (int) image.dim())); // x, y(, z)
        int classes = network.spec().classes();
        int pixels = Math.toIntExact(Arrays.stream(size).reduce(1, Math::multiplyExact));
        float[] logits = new float[classes * pixels];
        int[] tile = Arrays.stream(reversed(
                        input.size().stream().mapToLong(Integer::longValue).toArray()))
                .mapToInt(Math::toIntExact)
                .toArray();
        TilePlan plan = TilePlan.of(size, tile, input.overlap());
        List<Img<FloatType>> channels = new ArrayList<>();
        for (int c = 0; c < image.size(1); c++) {
            channels.add(ArrayImgs.floats(StateDict.floats(image.select(1, c)), size));
        }
        SlidingWindow.over(plan, channels.size())
                .run(
                        new ImageTiles(plan, channels),
                        this::predict,
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

    private static long[] reversed(long... values) {
        long[] reversed = new long[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        return reversed;
    }

    private FloatBuffer predict(FloatBuffer batch, int... shape) {
        try (PointerScope scope = new PointerScope()) {
            long[] size = Arrays.stream(shape).asLongStream().toArray();
            Tensor tiles = ChannelsLast.of(
                    torch.from_blob(new FloatPointer(batch), size).to(device, ScalarType.Float));
            return FloatBuffer.wrap(StateDict.floats(predict(tiles)));
        }
    }

    /** Logits at the size of the stored mask, without what was padded. */
    Tensor atStoredSize(Tensor logits, Example example, Truth truth) {
        if (input.rule() == InputSpec.Rule.TILE) {
            return logits;
        }
        int[] content = ExampleReader.contentSize(input, truth.height(), truth.width());
        Tensor inside = logits.narrow(2, (example.height() - content[0]) / 2, content[0])
                .narrow(3, (example.width() - content[1]) / 2, content[1]);
        return torch.upsample_bilinear2d(inside, new long[] {truth.height(), truth.width()}, false);
    }
}
