package io.github.transfuse.torch.nn;

import io.github.transfuse.weights.StoredTensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Weights, images and masks by formula, as the golden fixtures were made: no file needs to hold them. */
public final class FormulaFill {

    private FormulaFill() {}

    /** The hash that starts the sequence of a key. */
    public static int hash(String key, int seed) {
        int h = 0x811C9DC5;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x01000193;
        }
        return h ^ (seed * 0x9E3779B1);
    }

    /** Element i of the sequence, in [-1, 1). */
    public static double uniform(int hash, int i) {
        int z = hash + i * 0x9E3779B9;
        z ^= z >>> 16;
        z *= 0x85EBCA6B;
        z ^= z >>> 13;
        z *= 0xC2B2AE35;
        z ^= z >>> 16;
        return (z >>> 8) / 8388608.0 - 1.0;
    }

    /** The tensor of a state-dict key. */
    public static StoredTensor weight(String key, long[] shape, int seed) {
        int hash = hash(key, seed);
        if (key.endsWith("num_batches_tracked")) {
            return StoredTensor.ofLongs(key, shape, Integer.toUnsignedLong(hash) % 1000);
        }
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) value(key, shape, uniform(hash, i), count);
        }
        return StoredTensor.ofFloats(key, shape, values);
    }

    private static double value(String key, long[] shape, double u, int count) {
        if (key.endsWith("running_mean")) {
            return 0.1 * u;
        } else if (key.endsWith("running_var")) {
            return 1.0 + 0.2 * Math.abs(u);
        } else if (key.endsWith("pos_embed")) {
            return 0.5 * u;
        } else if (key.endsWith("cls_token")) {
            return 0.02 * u;
        } else if (shape.length >= 2) {
            return Math.sqrt(gain(key) / (count / (double) shape[0])) * u;
        }
        return key.endsWith(".weight") ? 1.0 + 0.1 * u : 0.1 * u;
    }

    private static double gain(String key) {
        if (key.startsWith("resnet.") || key.startsWith("transformer.")) {
            return 3.0;
        } else if (key.contains(".attn_block.")) {
            return 0.375;
        }
        return key.contains(".spatial.") ? 0.75 : 6.0;
    }

    /** The image of a fixture, [batch, 3, height, width] row-major. */
    public static float[] image(int batch, int height, int width, int seed) {
        int hash = hash("input", seed);
        float[] values = new float[batch * 3 * height * width];
        int i = 0;
        for (int b = 0; b < batch; b++) {
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++, i++) {
                        int t = (x * (3 + c) + y * (5 + 2 * c) + 37 * b + 11 * seed) % 128;
                        double triangle = (Math.abs(t - 64) - 32) / 32.0;
                        double mask = inside(b, y, x, height, width, seed) ? 1 : 0;
                        values[i] = (float) (triangle + 0.5 * uniform(hash, i) + (1 - 0.5 * c) * mask);
                    }
                }
            }
        }
        return values;
    }

    /** The hard mask of a fixture, [batch, 1, height, width] row-major. */
    public static double[] mask(int batch, int height, int width, int seed) {
        double[] values = new double[batch * height * width];
        for (int i = 0; i < values.length; i++) {
            int b = i / (height * width);
            values[i] = inside(b, i / width % height, i % width, height, width, seed) ? 1 : 0;
        }
        return values;
    }

    private static boolean inside(int b, int y, int x, int height, int width, int seed) {
        int cx = width * (3 + (b + seed) % 3) / 8;
        int cy = height * (3 + (2 * b + seed) % 3) / 8;
        int r = Math.min(height, width) / 4;
        return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r;
    }
}
