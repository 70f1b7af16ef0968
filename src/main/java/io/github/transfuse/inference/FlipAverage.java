package io.github.transfuse.inference;

import io.github.transfuse.tiling.DirectFloats;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;

/** Test-time augmentation: the mean of the logits over the four flips along x and y. */
public final class FlipAverage implements TilePredictor {
    private final TilePredictor predictor;

    public FlipAverage(TilePredictor predictor) {
        this.predictor = predictor;
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        int width = shape[shape.length - 1];
        int height = shape[shape.length - 2];
        FloatBuffer flipped = DirectFloats.allocate(shape);
        FloatBuffer sum = FloatBuffer.allocate(0);
        for (int flip = 0; flip < 4; flip++) {
            Flip here = new Flip((flip & 1) != 0, (flip & 2) != 0, width, height);
            here.copy(tiles, flipped);
            FloatBuffer logits = predictor.predict(flipped, shape.clone());
            if (flip == 0) {
                sum = FloatBuffer.allocate(logits.remaining());
            }
            here.addQuarter(logits, sum);
        }
        return sum;
    }

    /** A flip of planes; it is its own inverse. */
    private record Flip(boolean alongX, boolean alongY, int width, int height) {

        void copy(FloatBuffer from, FloatBuffer to) {
            int start = from.position();
            int count = from.remaining();
            for (int i = 0; i < count; i++) {
                to.put(source(i), from.get(start + i));
            }
        }

        void addQuarter(FloatBuffer from, FloatBuffer sum) {
            int start = from.position();
            int count = from.remaining();
            for (int i = 0; i < count; i++) {
                int target = source(i);
                sum.put(target, sum.get(target) + 0.25f * from.get(start + i));
            }
        }

        private int source(int index) {
            int x = index % width;
            int row = index / width;
            int y = row % height;
            int flippedRow = alongY ? row - y + (height - 1 - y) : row;
            return flippedRow * width + (alongX ? width - 1 - x : x);
        }
    }
}
