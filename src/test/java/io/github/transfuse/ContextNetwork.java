package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Says what is dark, and with three outputs which of it is blue: more strictly in dark tiles, and at their borders. So an
 * answer tells how the tiles lay.
 *
 * @param outputs 1 or 3
 */
record ContextNetwork(int outputs) implements Network {
    @Override
    public NetworkInfo info() {
        return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
    }

    @Override
    public Batch predict(Batch tiles) {
        int[] shape = tiles.shape();
        int pixels = shape[2] * shape[3];
        Batch logits = Batch.allocate(shape[0], outputs, shape[2], shape[3]);
        FloatBuffer values = tiles.values();
        int start = values.position();
        for (int tile = 0; tile < shape[0]; tile++) {
            int green = start + (tile * 3 + 1) * pixels;
            float mean = 0;
            for (int i = 0; i < pixels; i++) {
                mean += values.get(green + i) / pixels;
            }
            for (int i = 0; i < pixels; i++) {
                float edge = Math.abs(i % shape[3] - shape[3] / 2) / (float) shape[3];
                float dark = 12 * (0.3f + 0.5f * mean - values.get(green + i)) - 2 * edge;
                float blue = 12 * (values.get(green + pixels + i) - 0.75f) + dark;
                int first = tile * outputs * pixels + i;
                if (outputs == 1) {
                    logits.values().put(first, dark);
                } else {
                    logits.values().put(first, 0).put(first + pixels, dark).put(first + 2 * pixels, blue);
                }
            }
        }
        return logits;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
