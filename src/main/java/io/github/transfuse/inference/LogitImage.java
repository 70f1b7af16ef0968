package io.github.transfuse.inference;

import io.github.transfuse.image.ResultStore;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Logits at the model's scale, kept row by row until all are there, and then brought to the size of the image: bilinearly,
 * in volumes trilinearly. Pixels are little squares: the borders of both images coincide, not the centres of their
 * corner pixels.
 */
final class LogitImage implements RowSink {
    private final long[] size;
    private final int classes;
    /** In raster order. */
    private final LogitRows rows;

    LogitImage(ResultStore store, int classes, long... size) throws IOException {
        this.size = size.clone();
        this.classes = classes;
        this.rows = new LogitRows(store, Math.toIntExact(rowCount(size)), classes, Math.toIntExact(size[0]));
    }

    /** An image from the network's output of one input, layout K,[D,]H,W. */
    static LogitImage of(ResultStore store, FloatBuffer logits, long... size) throws IOException {
        int width = Math.toIntExact(size[0]);
        int count = Math.toIntExact(rowCount(size));
        int classes = logits.remaining() / (count * width);
        LogitImage image = new LogitImage(store, classes, size);
        float[][] row = new float[classes][width];
        for (int r = 0; r < count; r++) {
            for (int k = 0; k < classes; k++) {
                logits.get(logits.position() + (k * count + r) * width, row[k]);
            }
            image.rows.put(r, row);
        }
        return image;
    }

    private static long rowCount(long... size) {
        return Arrays.stream(size).skip(1).reduce(1, Math::multiplyExact);
    }

    @Override
    public void row(long[] position, float[][] logits) {
        long index = 0;
        for (int d = size.length - 1; d > 0; d--) {
            index = index * size[d] + position[d];
        }
        rows.put((int) index, logits);
    }

    /**
     * Which part of the logits shows the image; the rest is padding.
     *
     * @param origin where the image begins, in pixels of the logits, per axis
     * @param length of the image, in pixels of the logits, per axis
     */
    record Window(double[] origin, double[] length) {
        /** All of it. */
        static Window all(long... size) {
            return new Window(
                    new double[size.length],
                    Arrays.stream(size).asDoubleStream().toArray());
        }
    }

    /** Sends all rows of an image of another size. */
    void resample(Window window, RowSink sink, long... to) throws IOException {
        Tap[][] taps = new Tap[to.length][];
        for (int d = 0; d < to.length; d++) {
            taps[d] = taps(d, window, to[d]);
        }
        float[][] mixed = new float[classes][Math.toIntExact(size[0])];
        float[][] row = new float[classes][taps[0].length];
        long[] position = new long[to.length];
        for (long index = 0; index < rowCount(to); index++) {
            long rest = index;
            for (int d = 1; d < to.length; d++) {
                position[d] = rest % to[d];
                rest /= to[d];
            }
            mix(taps, position, mixed);
            stretch(taps[0], mixed, row);
            sink.row(position, row);
        }
    }

    /** The weighted sum of the rows around a position: two in a plane, four in a volume. */
    private void mix(Tap[][] taps, long[] position, float[][] mixed) {
        for (float[] values : mixed) {
            Arrays.fill(values, 0);
        }
        for (int corner = 0; corner < 1 << (size.length - 1); corner++) {
            float weight = 1;
            long index = 0;
            for (int d = size.length - 1; d > 0; d--) {
                Tap tap = taps[d][(int) position[d]];
                boolean high = (corner >> (d - 1) & 1) != 0;
                weight *= high ? tap.weight : 1 - tap.weight;
                index = index * size[d] + (high ? tap.high : tap.low);
            }
            if (weight != 0) {
                add(weight, rows.get((int) index), mixed);
            }
        }
    }

    private static void add(float weight, float[][] row, float[][] sum) {
        for (int k = 0; k < sum.length; k++) {
            for (int x = 0; x < sum[k].length; x++) {
                sum[k][x] += weight * row[k][x];
            }
        }
    }

    private static void stretch(Tap[] taps, float[][] from, float[][] to) {
        for (int k = 0; k < to.length; k++) {
            for (int x = 0; x < taps.length; x++) {
                float low = from[k][taps[x].low];
                to[k][x] = low + taps[x].weight * (from[k][taps[x].high] - low);
            }
        }
    }

    private Tap[] taps(int axis, Window window, long to) {
        Tap[] taps = new Tap[Math.toIntExact(to)];
        double scale = window.length[axis] / to;
        for (int i = 0; i < taps.length; i++) {
            double at = window.origin[axis] + (i + 0.5) * scale - 0.5;
            double inside = Math.max(0, Math.min(size[axis] - 1d, at));
            int low = (int) inside;
            taps[i] = new Tap(low, (int) Math.min(low + 1L, size[axis] - 1), (float) (inside - low));
        }
        return taps;
    }

    /** Two neighbouring pixels and the weight of the second. */
    private record Tap(int low, int high, float weight) {}
}
