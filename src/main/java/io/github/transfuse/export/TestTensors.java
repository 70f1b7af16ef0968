package io.github.transfuse.export;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Normalizer;
import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * An image, and what a model answers to it: other programs compare their answer with it.
 *
 * @param input values 0 to 255, shape 1, C, H, W
 * @param output probabilities, shape 1, K, H, W
 */
record TestTensors(Batch input, Batch output) {
    private static final long SEED = 1;
    private static final int SPOTS = 24;
    private static final float WHITE = 255;

    /** Computed in float32 by the network as it was trained. */
    static TestTensors of(ModelFolder model) throws IOException {
        Batch image = image(model.spec());
        NetworkOptions exact = new NetworkOptions(Device.CPU, Precision.FLOAT32, 0, true);
        try (Network network = EngineLoader.engine().open(model, exact)) {
            return new TestTensors(image, probabilities(network.predict(normalized(model.spec(), image))));
        }
    }

    /** Bright discs of several sizes on a dark, uneven ground with noise; the same at every call. */
    private static Batch image(ModelSpec spec) {
        int channels = spec.network().channels();
        int height = spec.input().size().get(0);
        int width = spec.input().size().get(1);
        Random random = new Random(SEED);
        double[][] spots = new double[SPOTS][];
        for (int i = 0; i < SPOTS; i++) {
            spots[i] = new double[] {
                random.nextDouble() * width, random.nextDouble() * height, 4 + random.nextDouble() * width / 12
            };
        }
        Batch batch = Batch.allocate(1, channels, height, width);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double value = 30 + 20.0 * x / width + 10 * c + 6 * random.nextDouble() + brightness(spots, x, y);
                    batch.values().put((c * height + y) * width + x, (float) Math.min(WHITE, Math.rint(value)));
                }
            }
        }
        return batch;
    }

    private static double brightness(double[][] spots, int x, int y) {
        for (double[] spot : spots) {
            if (Math.hypot(x - spot[0], y - spot[1]) < spot[2]) {
                return 180;
            }
        }
        return 0;
    }

    private static Batch normalized(ModelSpec spec, Batch image) {
        int[] shape = image.shape();
        float[] values = new float[Math.toIntExact(image.count())];
        image.values().get(0, values);
        RandomAccessibleInterval<FloatType> pixels = ArrayImgs.floats(values, shape[3], shape[2], shape[1]);
        FittedNormalization numbers = Normalizer.fit(
                spec.input().normalization(),
                CalibratedImage.of("test image", pixels, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL));
        Batch batch = Batch.allocate(shape);
        int plane = shape[2] * shape[3];
        for (int i = 0; i < values.length; i++) {
            int c = i / plane;
            double scaled = values[i] * numbers.scale().get(c) - numbers.mean().get(c);
            batch.values().put(i, (float) (scaled / numbers.std().get(c)));
        }
        return batch;
    }

    private static Batch probabilities(Batch logits) {
        int[] shape = logits.shape();
        int plane = shape[2] * shape[3];
        float[][] rows = new float[shape[1]][plane];
        for (int k = 0; k < rows.length; k++) {
            logits.values().get(k * plane, rows[k]);
        }
        Probabilities.ofLogits(rows);
        Batch batch = Batch.allocate(shape);
        List.of(rows).forEach(row -> batch.values().put(row));
        batch.values().rewind();
        return batch;
    }
}
