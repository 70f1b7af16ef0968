package io.github.transfuse.torch.train;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleReader;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.tiling.Progress;
import io.github.transfuse.tiling.Reflection;
import io.github.transfuse.tiling.SlidingWindow;
import io.github.transfuse.tiling.Tile;
import io.github.transfuse.tiling.TilePlan;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
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
     * @param image [1, C, H, W], normalised
     * @return float32, [1, K, H, W]
     */
    Tensor logits(Tensor image) throws IOException {
        return input.rule() == InputSpec.Rule.TILE ? tiled(image) : predict(image);
    }

    private Tensor predict(Tensor images) {
        try (Autocast cast = Autocast.bf16(device.type(), bf16)) {
            return network.forward(images).map2().to(ScalarType.Float);
        }
    }

    private Tensor tiled(Tensor image) throws IOException {
        int channels = Math.toIntExact(image.size(1));
        int height = Math.toIntExact(image.size(2));
        int width = Math.toIntExact(image.size(3));
        int classes = network.spec().classes();
        float[] pixels = StateDict.floats(image);
        float[] logits = new float[classes * height * width];
        int[] tile = {input.size().get(1), input.size().get(0)};
        TilePlan plan = TilePlan.of(new long[] {width, height}, tile, input.overlap());
        Plane plane = new Plane(pixels, height, width, tile);
        SlidingWindow.over(plan, channels)
                .run(
                        plane::read,
                        this::predict,
                        (position, row) -> {
                            for (int k = 0; k < classes; k++) {
                                int to = (k * height + (int) position[1]) * width;
                                System.arraycopy(row[k], 0, logits, to, width);
                            }
                        },
                        Progress.NONE);
        return Tensor.create(logits, 1, classes, height, width).to(device, ScalarType.Float);
    }

    private FloatBuffer predict(FloatBuffer batch, int... shape) {
        try (PointerScope scope = new PointerScope()) {
            long[] size = {shape[0], shape[1], shape[2], shape[3]};
            Tensor tiles = torch.from_blob(new FloatPointer(batch), size)
                    .to(device, ScalarType.Float)
                    .contiguous(MemoryFormat.ChannelsLast);
            return FloatBuffer.wrap(StateDict.floats(predict(tiles)));
        }
    }

    /** Normalised pixels, [C, H, W], that tiles are cut from. */
    private record Plane(float[] pixels, int height, int width, int[] tile) {
        void read(Tile at, FloatBuffer target) {
            int channels = pixels.length / (height * width);
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < tile[1]; y++) {
                    int row = (c * height + (int) Reflection.index(at.origin(1) + y, height)) * width;
                    for (int x = 0; x < tile[0]; x++) {
                        target.put(pixels[row + (int) Reflection.index(at.origin(0) + x, width)]);
                    }
                }
            }
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
